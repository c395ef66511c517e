#if CommandLine
  import Tamis
  import TamisCatalog
  import TamisSQL

  /// Compilers and emitters, each made once.
  struct CompilerCache {
    private struct CompilerKey: Hashable {
      var resource: String
      var policy: Policy
    }

    private struct EmitterKey: Hashable {
      var resource: String
      var dialect: String
    }

    private var compilers: [CompilerKey: QueryCompiler] = [:]
    private var emitters: [EmitterKey: SQLEmitter] = [:]

    mutating func compiler(_ entry: Catalog.Entry, _ policy: Policy) -> QueryCompiler {
      let key = CompilerKey(resource: entry.name, policy: policy)
      if let compiler = compilers[key] { return compiler }
      let compiler = QueryCompiler(resource: entry.resource, policy: policy)
      compilers[key] = compiler
      return compiler
    }

    mutating func emitter(_ entry: Catalog.Entry, _ dialect: SQLDialect) -> SQLEmitter {
      let key = EmitterKey(resource: entry.name, dialect: dialect.name)
      if let emitter = emitters[key] { return emitter }
      let emitter = SQLEmitter(resource: entry.resource, dialect: dialect)
      emitters[key] = emitter
      return emitter
    }
  }
#endif
