package import TamisModel
package import TamisSyntax

/// What holds for every parsed query, whatever was sent.
package enum ParsedInvariants {
  package static func faults(_ query: ParsedQuery, sourceCount: Int) -> [String] {
    var faults: [String] = []
    for text in texts(query) {
      if text.start > text.end || Int(text.end) > query.buffer.count {
        faults.append("the text \(text) is not in the buffer")
      } else if String(validating: query.buffer[text.range], as: UTF8.self) == nil {
        faults.append("the text \(text) is not UTF-8")
      }
      if text.span.end > sourceCount { faults.append("the span \(text.span) is not in the source") }
    }
    for diagnostic in query.diagnostics where diagnostic.span.end > sourceCount {
      faults.append("the span of \(diagnostic) is not in the source")
    }
    return faults + referenceFaults(query) + nestingFaults(query)
  }

  /// Pairs of a query string that was read without a complaint, and of which nothing is left: each is a bug.
  ///
  /// Of an operator like `logical_operator=or`, which joins the criteria, only that it was read is kept.
  package static func lostPairs(_ query: ParsedQuery, source: [UInt8]) -> [SourceSpan] {
    guard query.diagnostics.isEmpty else { return [] }
    let kept = (texts(query).map(\.span) + query.filter.map(\.span) + query.sort.map(\.span))
      .filter { $0.count > 0 }.sorted()
    return pairs(source).filter { pair in
      !kept.contains { $0.start < pair.end && $0.end > pair.start } && !isConnective(source, pair, query)
    }
  }

  private static func pairs(_ source: [UInt8]) -> [SourceSpan] {
    source.split(separator: UInt8(ascii: "&")).map { SourceSpan($0.startIndex, $0.endIndex) }
  }

  private static func isConnective(_ source: [UInt8], _ pair: SourceSpan, _ query: ParsedQuery) -> Bool {
    query.topConnective != nil && source[pair.start..<pair.end].contains(UInt8(ascii: "="))
  }

  private static func texts(_ query: ParsedQuery) -> [ParsedText] {
    let names = names(query)
    return names.map(\.first) + query.segments + values(query).map(\.text) + query.items.map(\.text)
      + query.sort.flatMap { [$0.type, $0.field].compactMap { $0 } } + query.page.map(\.name)
      + query.selection.flatMap { [$0.type, $0.field].compactMap { $0 } }
      + query.include
  }

  private static func names(_ query: ParsedQuery) -> [ParsedName] {
    query.filter.filter { $0.kind == .criterion || $0.kind == .any }.map(\.name)
      + query.parameters.map(\.name)
  }

  private static func values(_ query: ParsedQuery) -> [ParsedValue] {
    query.filter.filter { $0.kind == .criterion }.map(\.value) + query.page.map(\.value)
      + query.parameters.map(\.value)
  }

  private static func referenceFaults(_ query: ParsedQuery) -> [String] {
    let lists = values(query).filter { $0.kind == .list }
    return names(query).filter { $0.rest.upperBound > query.segments.count }
      .map { "the name \($0) has no segments" }
      + lists.filter { $0.items.upperBound > query.items.count }.map { "the list \($0) has no items" }
  }

  /// Groups hold whole nodes, and criteria hold none.
  private static func nestingFaults(_ query: ParsedQuery) -> [String] {
    var faults: [String] = []
    var open: [Int] = []
    for (index, node) in query.filter.enumerated() {
      while let end = open.last, end <= index { open.removeLast() }
      let end = Int(node.end)
      if end <= index || end > (open.last ?? query.filter.count)
        || (node.kind == .criterion && end != index + 1)
      {
        faults.append("node \(index) ends at \(end)")
      }
      open.append(end)
    }
    return faults
  }
}
