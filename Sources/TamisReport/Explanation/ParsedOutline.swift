import TamisModel
import TamisSyntax

/// What was read, line by line, before any name was looked up: untyped, each piece with its place.
struct ParsedOutline {
  private let query: ParsedQuery
  private(set) var lines: [Explanation.Line] = []

  init(_ query: ParsedQuery) {
    self.query = query
    appendFilter(0..<query.filter.count, depth: 0)
    appendConnective()
    for key in query.sort { appendSort(key) }
    for setting in query.page {
      append(
        "page \(setting.kind) = \(text(setting.value))", setting.name.span.union(setting.value.text.span))
    }
    for selection in query.selection { append("field \(quoted(selection.field))", selection.field.span) }
    for name in query.include { append("include \(quoted(name))", name.span) }
    for parameter in query.parameters {
      append(
        "parameter \(name(parameter.name)) = \(text(parameter.value))",
        parameter.name.span.union(parameter.value.text.span))
    }
  }

  private mutating func append(_ text: String, _ span: SourceSpan, depth: Int = 0) {
    lines.append(Explanation.Line(text: text, span: span, depth: depth))
  }

  // MARK: The filter

  /// Recursion is bounded by the depth limit of parsing.
  private mutating func appendFilter(_ range: Range<Int>, depth: Int) {
    var index = range.lowerBound
    while index < range.upperBound {
      let node = query.filter[index]
      let end = Swift.max(Int(node.end), index + 1)
      switch node.kind {
      case .criterion:
        append(
          "criterion (\(node.spelling)) \(name(node.name)) = \(text(node.value))", node.span, depth: depth)
      case .any: append("any \(name(node.name))", node.span, depth: depth)
      case .and, .or, .not: append("\(node.kind)", node.span, depth: depth)
      }
      appendFilter(index + 1..<end, depth: depth + 1)
      index = end
    }
  }

  private mutating func appendConnective() {
    switch query.topConnective {
    case .or: append("criteria are joined by or", SourceSpan(0, 0))
    case .and: append("criteria are joined by and", SourceSpan(0, 0))
    case nil: break
    }
  }

  private mutating func appendSort(_ key: ParsedSortKey) {
    append("sort \(quoted(key.field)) \(key.direction)", key.span)
  }

  // MARK: Text

  private func quoted(_ text: ParsedText) -> String { "'" + Escaping.text(query.string(of: text)) + "'" }

  /// Segments joined by a middle dot's stand-in: what is one segment stays apart from what is two.
  private func name(_ name: ParsedName) -> String {
    query.allSegments(of: name).map(quoted).joined(separator: " . ")
  }

  private func text(_ value: ParsedValue) -> String {
    switch value.kind {
    case .urlText: quoted(value.text)
    case .jsonString: "string " + quoted(value.text)
    case .absent: "nothing"
    case .jsonNumber, .jsonObject, .jsonArray: Escaping.text(query.string(of: value.text))
    case .jsonTrue: "true"
    case .jsonFalse: "false"
    case .jsonNull: "null"
    case .list: "[" + value.items.map { text(query.items[$0]) }.joined(separator: ", ") + "]"
    }
  }
}
