package import TamisModel

extension Query {
  /// What a client calls the clause at a span: the parameter of its query string, or the field that its body names.
  /// For faults that are found after planning.
  package func parameterName(at span: SourceSpan, isBody: Bool) -> String? {
    guard span != SourceSpan(0, 0) else { return nil }
    if span == sortSpan, !isBody, span.end <= buffer.count {
      // The span may begin behind the parameter's name.
      let start = buffer[..<span.start].lastIndex(of: UInt8(ascii: "&")).map { $0 + 1 } ?? 0
      return QueryPairs.name(of: start..<span.end, in: buffer)
    }
    guard let node = nodes.first(where: { $0.span == span }) else { return nil }
    // A query's buffer begins with the query string.
    guard isBody else {
      return span.end <= buffer.count ? QueryPairs.name(of: span.start..<span.end, in: buffer) : nil
    }
    if node.kind == .any { return resource.relationName(node.other.index) }
    let name = ([resource.field(node.field).name] + keys(of: node)).joined(separator: ".")
    return resource.relationIndex(of: node.field).map { resource.relationName($0) + "." + name } ?? name
  }
}

extension QueryError {
  /// The same, with the parameter's name where a diagnostic has only a span.
  package func naming(_ query: Query, isBody: Bool) -> QueryError {
    let named = diagnostics.map { diagnostic in
      guard diagnostic.parameter == nil else { return diagnostic }
      var copy = diagnostic
      copy.parameter = query.parameterName(at: diagnostic.span, isBody: isBody)
      return copy
    }
    return QueryError(named) ?? self
  }
}
