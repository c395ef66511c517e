#if CommandLine
  /// What runs a query over records.
  enum RecordEngine: String, CaseIterable {
    /// The library's own predicate.
    case memory
    /// The emitted SQL, in SQLite.
    case sqlite
  }
#endif
