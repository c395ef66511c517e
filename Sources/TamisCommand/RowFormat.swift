#if CommandLine
  import TamisJSON
  import TamisModel
  import TamisReport

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

    func write(_ records: [any SelectedRecord], of query: Query, to output: Output) throws(CommandFailure) {
      switch self {
      case .table: try RowTable(records, of: query).write(to: output)
      case .ndjson: for record in records { try output.line(record.selectedJSON(query).utf8) }
      case .json:
        var writer = JSONWriter()
        writer.beginArray()
        for record in records { writer.raw(record.selectedJSON(query).utf8) }
        writer.endArray()
        try output.line(writer.bytes)
      case .ids: for record in records { try output.line(Self.plain(record).utf8) }
      }
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
