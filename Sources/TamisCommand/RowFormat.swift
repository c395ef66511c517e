#if CommandLine
  import TamisJSON
  import TamisModel
  import TamisReport

  extension SourceSpan {
    fileprivate var range: Range<Int> { start..<end }
  }

  /// How `select` prints records.
  enum RowFormat: String, CaseIterable {
    /// Aligned columns.
    case table
    /// One object a line.
    case ndjson
    /// One array.
    case json
    /// Primary keys, one a line.
    case ids

    func write(_ page: SelectedPage, of query: Query, to output: Output) throws(CommandFailure) {
      switch self {
      case .table:
        try RowTable(page.records, of: query).write(to: output)
        if let next = page.next { try output.write("next_page: \(next)\n") }
      case .ndjson:
        let shape = ResponseShape(query)
        for record in page.records { try output.line(Self.object(record, shape, query)) }
      case .json: try output.line(Self.json(page, query))
      case .ids: for record in page.records { try output.line(Self.plain(record).utf8) }
      }
    }

    /// `[…]`, and with tokens `{"data":[…],"next_page":…}`.
    private static func json(_ page: SelectedPage, _ query: Query) -> [UInt8] {
      var writer = JSONWriter()
      let shape = ResponseShape(query)
      if page.hasTokens {
        writer.beginObject()
        writer.name("data")
      }
      writer.beginArray()
      for record in page.records { writer.raw(object(record, shape, query)) }
      writer.endArray()
      page.writeToken(to: &writer)
      if page.hasTokens { writer.endObject() }
      return writer.bytes
    }

    /// Fields whose names are paths stand inside one another: `product.id` is `{"product":{"id":…}}`.
    private static func object(
      _ record: any SelectedRecord, _ shape: ResponseShape, _ query: Query
    ) -> [UInt8] {
      let flat = Array(record.selectedJSON(query).utf8)
      guard let document = try? JSONDocument.parse(flat, limits: RecordFile.limits) else { return flat }
      var writer = JSONWriter()
      shape.write(document.members(of: 0).map { flat[document.nodes[$0.value].span.range] }, to: &writer)
      return writer.bytes
    }

    /// A key as a shell can use it: text without its quotes, as far as it is safe to show.
    private static func plain(_ record: any SelectedRecord) -> String {
      var writer = JSONWriter()
      record.writeKey(to: &writer)
      let json = String(decoding: writer.bytes, as: UTF8.self)
      guard let document = try? JSONDocument.parse(writer.bytes, limits: RecordFile.limits),
        document.nodes[0].kind == .string
      else { return json }
      return Escaping.text(document.string(at: 0))
    }
  }
#endif
