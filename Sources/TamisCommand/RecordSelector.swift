#if CommandLine
  import Tamis
  import TamisMemory

  /// Runs compiled queries over records: a request's own, or the file's. What was read for one request is kept for
  /// the next one that would read it the same way.
  struct RecordSelector {
    private let engine: RecordEngine
    private let file: RecordFile?
    private var loaded: Loaded?
    private var store: SQLiteStore?

    private struct Loaded {
      var resource: Resource
      var context: RecordContext
      var records: RecordSet
    }

    init(engine: RecordEngine, file: RecordFile?) {
      self.engine = engine
      self.file = file
    }

    /// Over a request's own records, where it brings some, else over the file's.
    mutating func select(
      _ compiled: CompiledQuery, _ request: LineRequest
    ) throws(CommandFailure) -> SelectedPage {
      let context = RecordContext(compiled.query, request.context)
      guard let json = request.records else { return try select(compiled, context) }
      loaded = nil
      let records = try CommandFailure.refusing(json) { () throws(QueryError) in
        try Self.read(json, compiled.query.resource, context, request.related)
      }
      return try run(compiled, records, isNew: true)
    }

    /// Over the file's records.
    mutating func select(_ compiled: CompiledQuery) throws(CommandFailure) -> SelectedPage {
      try select(compiled, RecordContext(compiled.query, RecordContext.Facts()))
    }

    private mutating func select(
      _ compiled: CompiledQuery, _ context: RecordContext
    ) throws(CommandFailure) -> SelectedPage {
      let resource = compiled.query.resource
      if let loaded, loaded.context == context, loaded.resource == resource {
        return try run(compiled, loaded.records, isNew: false)
      }
      guard let file else {
        throw .refused(
          QueryError(
            Diagnostic(.missingParameter(name: "records"), SourceSpan(0, 0), parameter: "records")),
          source: [])
      }
      let records = try Self.read(file, resource, context)
      loaded = Loaded(resource: resource, context: context, records: records)
      return try run(compiled, records, isNew: true)
    }

    private mutating func run(
      _ compiled: CompiledQuery, _ records: RecordSet, isNew: Bool
    ) throws(CommandFailure) -> SelectedPage {
      switch engine {
      case .memory:
        // Whose request it is, the caller says.
        return try CommandFailure.refusing([]) { () throws(QueryError) in
          let selection = try compiled.select(from: records)
          guard compiled.writesTokens else { return SelectedPage(selection.indices.map { records[$0] }) }
          let page = try compiled.page(selection, of: records)
          return SelectedPage(page.records, next: page.next)
        }
      case .sqlite:
        let store = try store(for: records.resource)
        if isNew { try store.load(records) }
        return try store.select(compiled)
      }
    }

    /// The tables of one resource at a time.
    private mutating func store(for resource: Resource) throws(CommandFailure) -> SQLiteStore {
      if let store, store.holds(resource) { return store }
      let made = try SQLiteStore(resource)
      store = made
      return made
    }

    // MARK: Reading

    private static func read(
      _ file: RecordFile, _ resource: Resource, _ context: RecordContext
    ) throws(CommandFailure) -> RecordSet {
      var batch = RecordBatch(RecordReader(resource: resource))
      for (number, bytes) in file.records {
        do {
          try batch.append(context.isEmpty ? bytes : try context.complete(bytes, limits: RecordFile.limits))
        } catch {
          throw file.failure(error, line: number)
        }
      }
      return batch.finish()
    }

    private static func read(
      _ json: [UInt8], _ resource: Resource, _ context: RecordContext, _ related: [String: [UInt8]]
    ) throws(QueryError) -> RecordSet {
      var batch = RecordBatch(
        related.isEmpty
          ? RecordReader(resource: resource) : try RecordReader(resource: resource, related: related))
      for range in try JSONSplitter.items(of: json, in: 0..<json.count) {
        if context.isEmpty {
          try batch.append(json, range)
        } else {
          try batch.append(try context.complete(Array(json[range]), limits: RecordFile.limits))
        }
      }
      return batch.finish()
    }
  }
#endif
