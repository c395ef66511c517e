import TamisModel
import TamisSyntax

/// A parsed query on one line, so that a test can show what it expects:
/// `suffix currency_eq='USD'; sort -date; page limit='20'`.
enum ParsedDump {
  static func parse(_ text: String, _ dialect: QueryDialect, limits: QueryLimits = QueryLimits())
    -> ParsedQuery
  {
    Parser.parse(Array(text.utf8), as: dialect, limits: limits)
  }

  static func line(_ query: ParsedQuery) -> String {
    var parts = filter(query, 0..<query.filter.count)
    switch query.topConnective {
    case .and: parts.append("connective and")
    case .or: parts.append("connective or")
    case nil: break
    }
    parts += query.sort.map { sort(query, $0) }
    parts += query.page.map {
      "page \($0.kind) \(query.string(of: $0.name))=\(value(query, $0.value))"
    }
    parts += query.selection.map { selection in
      let type = selection.type.map { "[\(query.string(of: $0))]" } ?? ""
      return "fields\(type) \(query.string(of: selection.field))"
    }
    parts += query.include.map { "include \(query.string(of: $0))" }
    parts += query.parameters.map { "parameter \(name(query, $0.name))=\(value(query, $0.value))" }
    parts += query.diagnostics.map { "! \($0.code)" }
    return parts.joined(separator: "; ")
  }

  private static func filter(_ query: ParsedQuery, _ range: Range<Int>) -> [String] {
    var parts: [String] = []
    var index = range.lowerBound
    while index < range.upperBound {
      let node = query.filter[index]
      let members = filter(query, index + 1..<Int(node.end)).joined(separator: "; ")
      switch node.kind {
      case .criterion:
        parts.append("\(node.spelling) \(name(query, node.name))=\(value(query, node.value))")
      case .any: parts.append("any \(name(query, node.name)) (\(members))")
      case .and, .or, .not: parts.append("\(node.kind) (\(members))")
      }
      index = Int(node.end)
    }
    return parts
  }

  /// Segments separated by a bar.
  private static func name(_ query: ParsedQuery, _ name: ParsedName) -> String {
    query.allSegments(of: name).map(query.string).joined(separator: "|")
  }

  private static func sort(_ query: ParsedQuery, _ key: ParsedSortKey) -> String {
    let type = key.type.map { "[\(query.string(of: $0))]" } ?? ""
    let field = query.string(of: key.field)
    switch key.direction {
    case .ascending: return "sort\(type) +\(field)"
    case .descending: return "sort\(type) -\(field)"
    case .empty: return "sort\(type) ?\(field)"
    case .invalid: return "sort\(type) !\(field)"
    }
  }

  static func value(_ query: ParsedQuery, _ value: ParsedValue) -> String {
    let text = query.string(of: value.text)
    switch value.kind {
    case .urlText: return "'\(text)'"
    case .absent: return "nothing"
    case .jsonString: return "\"\(text)\""
    case .jsonNumber, .jsonArray, .jsonObject: return text
    case .jsonTrue: return "true"
    case .jsonFalse: return "false"
    case .jsonNull: return "null"
    case .list:
      let items = query.items[value.items].map { self.value(query, $0) }
      return "[" + items.joined(separator: ", ") + "]"
    }
  }
}
