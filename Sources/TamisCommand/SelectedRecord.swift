#if CommandLine
  import TamisMemory
  import TamisModel

  /// A record of an answer, wherever it was found.
  protocol SelectedRecord {
    /// The primary key, of the key's own JSON type.
    var primaryKeyJSON: String { get }
    /// The fields that the query selects, in the resource's order.
    func selectedJSON(_ query: Query) -> String
  }

  extension Record: SelectedRecord {}
#endif
