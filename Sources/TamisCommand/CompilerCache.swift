#if CommandLine
  import Tamis
  import TamisCatalog

  /// Compilers, each made once.
  struct CompilerCache {
    private struct Key: Hashable {
      var resource: String
      var policy: Policy
    }

    private let engines: [SQLDialect]
    /// Nil where no tokens are read or written.
    private let cursors: CursorKeyring?
    /// Of a file's name the latest resource: it may have been edited.
    private var compilers: [Key: QueryCompiler] = [:]

    /// - Parameter engines: the SQL dialects that statements will be asked for.
    /// - Parameter cursors: what tokens of pages are written and checked with.
    init(engines: [SQLDialect], cursors: CursorKeyring?) {
      self.engines = engines
      self.cursors = cursors
    }

    mutating func compiler(_ entry: Catalog.Entry, _ policy: Policy) -> QueryCompiler {
      let key = Key(resource: entry.name, policy: policy)
      if let compiler = compilers[key], compiler.resource == entry.resource { return compiler }
      let compiler = QueryCompiler(
        resource: entry.resource, policy: policy, engines: engines, cursors: cursors)
      compilers[key] = compiler
      return compiler
    }
  }
#endif
