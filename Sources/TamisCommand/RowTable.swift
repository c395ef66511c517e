#if CommandLine
  import TamisJSON
  import TamisModel
  import TamisReport

  /// Records as aligned columns. Numbers are flush right; null shows as nothing, and text is escaped.
  struct RowTable {
    private struct Cell {
      var text: String
      var isNumber: Bool
    }

    private let header: [String]
    private var rows: [[Cell]] = []
    private var widths: [Int]

    private static let widest = 60

    init(_ records: [any SelectedRecord], of query: Query) {
      header = query.selection.map { query.resource.field($0).name }
      widths = header.map(\.utf8.count)
      for record in records {
        let row = Self.cells(record.selectedJSON(query))
        for (column, cell) in row.enumerated() where column < widths.count {
          widths[column] = Swift.max(widths[column], cell.text.utf8.count)
        }
        rows.append(row)
      }
    }

    private static func cells(_ json: String) -> [Cell] {
      guard let document = try? JSONDocument.parse(Array(json.utf8), limits: RecordFile.limits) else {
        return []
      }
      return document.members(of: 0).map { member in
        switch document.nodes[member.value].kind {
        case .null: Cell(text: "", isNumber: false)
        case .string: Cell(text: shorten(Escaping.text(document.string(at: member.value))), isNumber: false)
        case .number: Cell(text: document.string(at: member.value), isNumber: true)
        case .true, .false, .array, .object:
          Cell(
            text: shorten(
              Escaping.text(String(decoding: document.minified(member.value), as: UTF8.self))),
            isNumber: false)
        }
      }
    }

    private static func shorten(_ text: String) -> String {
      text.utf8.count <= widest ? text : String(text.prefix(widest - 3)) + "..."
    }

    func write(to output: Output) throws(CommandFailure) {
      try output.line(line(header.map { Cell(text: $0, isNumber: false) }).utf8)
      try output.line(widths.map { String(repeating: "-", count: $0) }.joined(separator: "  ").utf8)
      for row in rows { try output.line(line(row).utf8) }
      try output.write("(\(rows.count) \(rows.count == 1 ? "record" : "records"))\n")
    }

    private func line(_ cells: [Cell]) -> String {
      var text = ""
      for (column, cell) in cells.enumerated() where column < widths.count {
        let padding = String(repeating: " ", count: widths[column] - cell.text.utf8.count)
        if column > 0 { text += "  " }
        text += cell.isNumber ? padding + cell.text : cell.text + padding
      }
      // Bytes, not characters: everything is ASCII.
      while text.utf8.last == UInt8(ascii: " ") { text.removeLast() }
      return text
    }
  }
#endif
