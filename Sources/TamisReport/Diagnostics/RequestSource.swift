import TamisJSON
package import TamisModel

/// The request that diagnostics point into, to name their places as clients know them: the parameter of a query
/// string, or the JSON pointer of a body. Looked at on the error path only.
package struct RequestSource {
  package enum Place: Hashable {
    /// The decoded name of a parameter: `filter[usage]`.
    case parameter(String)
    /// RFC 6901; empty for the whole body.
    case pointer(String)
  }

  private let bytes: [UInt8]
  private let document: JSONDocument?
  /// Where the query string that stands behind a body begins.
  private var queryStart: Int?
  package let isBody: Bool

  /// Larger bodies are refused unread, so there is nothing to look up in them.
  private static let largestBody = 1 << 24

  package init(_ bytes: [UInt8], isBody: Bool) {
    self.bytes = bytes
    self.isBody = isBody
    var limits = QueryLimits()
    limits.depth = .max
    let isSmall = bytes.count <= Self.largestBody
    guard isBody, isSmall else {
      document = nil
      return
    }
    if let whole = try? JSONDocument.parse(bytes, limits: limits) {
      document = whole
    } else if let feed = bytes.lastIndex(of: UInt8(ascii: "\n")) {
      document = try? JSONDocument.parse(bytes.span.extracting(0..<feed), limits: limits)
      if document != nil { queryStart = feed + 1 }
    } else {
      document = nil
    }
  }

  /// Nil where a query string as a whole is meant.
  package func place(of diagnostic: Diagnostic) -> Place? {
    if let queryStart, diagnostic.span.start >= queryStart {
      return parameter(of: diagnostic, from: queryStart).map(Place.parameter)
    }
    return isBody ? .pointer(pointer(of: diagnostic)) : parameter(of: diagnostic).map(Place.parameter)
  }

  // MARK: Bodies

  /// Of the innermost value that holds the span.
  private func pointer(of diagnostic: Diagnostic) -> String {
    guard let document else { return knownPointer(diagnostic) ?? "" }
    if hasNoPlace(diagnostic) { return knownPointer(diagnostic) ?? "" }
    var innermost = 0
    for (index, node) in document.nodes.enumerated() {
      if node.span.start > diagnostic.span.start { break }
      if node.span.end >= diagnostic.span.end, diagnostic.span.start < node.span.end { innermost = index }
    }
    return document.pointer(to: innermost)
  }

  private func knownPointer(_ diagnostic: Diagnostic) -> String? {
    diagnostic.parameter.flatMap { $0.hasPrefix("/") ? $0 : nil }
  }

  /// The span of what is missing from the request, or does not come from it.
  private func hasNoPlace(_ diagnostic: Diagnostic) -> Bool { diagnostic.span == SourceSpan(0, 0) }

  // MARK: Operands

  /// The texts that a clause compares with, decoded, for what has to be read again: of a query string what is
  /// between commas, bars and double dots; of a body's criterion its strings.
  func values(at span: SourceSpan) -> [[UInt8]] {
    guard isBody else { return QueryPairs.values(of: span.start..<span.end, in: bytes) }
    guard let document, let index = document.nodes.firstIndex(where: { $0.span == span }) else { return [] }
    return (index..<Int(document.nodes[index].end)).filter { document.nodes[$0].kind == .string }
      .map { Array(document.bytes(of: $0)) }
  }

  // MARK: Query strings

  private func parameter(of diagnostic: Diagnostic) -> String? {
    if case .tooManyBytes = diagnostic.problem { return nil }
    guard !hasNoPlace(diagnostic), let pair = pair(at: diagnostic.span.start) else {
      return diagnostic.parameter
    }
    return QueryPairs.name(of: pair, in: bytes)
  }

  private func parameter(of diagnostic: Diagnostic, from start: Int) -> String? {
    let query = Array(bytes[start...])
    let offset = diagnostic.span.start - start
    let pair = QueryPairs(query).first {
      $0.lowerBound <= offset && offset <= $0.upperBound && !$0.isEmpty
    }
    return pair.map { QueryPairs.name(of: $0, in: query) } ?? diagnostic.parameter
  }

  private func pair(at offset: Int) -> Range<Int>? {
    QueryPairs(bytes).first { $0.lowerBound <= offset && offset <= $0.upperBound && !$0.isEmpty }
  }
}
