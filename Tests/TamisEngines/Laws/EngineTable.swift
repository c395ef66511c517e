/// What each engine was asked, as a table for people.
package struct EngineTable {
  private let rows: [[String]]

  private static let head = [
    "engine", "version", "queries", "statements", "records", "differences", "refusals", "seconds",
  ]

  package init(_ tally: LawTally, _ engines: [any LawEngine]) {
    let reference = [
      "reference", "", "\(tally.queries)", "", "\(tally.records)", "", "", Self.text(tally.referenceSeconds),
    ]
    rows =
      [Self.head, reference]
      + engines.map { engine in
        let counts = tally.engines[engine.name] ?? EngineTally()
        return [
          engine.name, counts.version.isEmpty ? "" : counts.version, "\(counts.queries)",
          "\(counts.statements)", "\(counts.records)", "\(counts.differences)", "\(counts.refusals)",
          Self.text(counts.seconds),
        ]
      }
  }

  private static func text(_ seconds: Double) -> String {
    let tenths = Int((seconds * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  /// Names to the left, numbers to the right.
  package var text: String {
    let widths = Self.head.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    let lines = rows.map { row in
      row.indices.map { column in
        let blanks = String(repeating: " ", count: widths[column] - row[column].count)
        return column < 2 ? row[column] + blanks : blanks + row[column]
      }.joined(separator: "  ")
    }
    let rule = widths.map { String(repeating: "-", count: $0) }.joined(separator: "  ")
    return ([lines[0], rule] + lines.dropFirst()).joined(separator: "\n")
  }
}
