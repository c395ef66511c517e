/// The rows of one answer, each a list of cells as text.
struct TableRows {
  let rows: [[String?]]

  init(_ rows: [[String?]]?) { self.rows = rows ?? [] }

  /// Cells by their place; what a row lacks is null.
  func map<Result>(_ body: (Row) -> Result) -> [Result] { rows.map { body(Row(cells: $0)) } }

  struct Row {
    let cells: [String?]

    subscript(_ place: Int) -> String? { cells.indices.contains(place) ? cells[place] : nil }
    func text(_ place: Int) -> String { self[place] ?? "" }
    /// However an engine writes it: `1`, `t`, `true`.
    func flag(_ place: Int) -> Bool { ["1", "t", "true"].contains(text(place)) }
    func number(_ place: Int) -> Int { Int(text(place)) ?? 0 }
  }
}
