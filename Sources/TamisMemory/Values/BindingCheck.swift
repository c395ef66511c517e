import TamisModel

/// Whether a shape binds everything that a query uses.
struct BindingCheck {
  private let query: Query
  private let columns: BoundColumns
  private let typeName: String
  private let isSameResource: Bool

  init(_ query: Query, _ resource: Resource, _ columns: BoundColumns, typeName: String) {
    self.query = query
    self.columns = columns
    self.typeName = typeName
    isSameResource = query.resource == resource
  }

  /// Throws what the filter uses and the shape does not bind.
  func filter() throws(QueryError) {
    try report(resourceFault() + query.nodes.flatMap(missing) + misplaced())
  }

  /// Clauses over a field that is none of the rows they are asked of: of the record inside `any`, or of an element
  /// outside. Planning makes none; but a column reads memory by where its rows stand, so it is never asked of others.
  private func misplaced() -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    var open: [(relation: Int, end: Int)] = []
    for (index, node) in query.nodes.enumerated() {
      while let last = open.last, index >= last.end { open.removeLast() }
      if node.kind == .any { open.append((node.other.index, Int(node.end))) }
      for field in Self.fields(of: node)
      where query.resource.relationIndex(of: field) != open.last?.relation {
        diagnostics.append(unbound(query.resource.fullName(of: field), query.span(of: node)))
      }
    }
    return diagnostics
  }

  private static func fields(of node: PredicateNode) -> [FieldID] {
    switch node.kind {
    case .and, .or, .not, .always, .never, .any: []
    case .compareFields: [node.field, node.other]
    case .compare, .within, .member, .pattern, .isNull, .jsonContains, .matches: [node.field]
    }
  }

  /// Throws what the order uses and the shape does not bind.
  func order() throws(QueryError) {
    let keys = query.sort.filter { columns.fields.indices.contains($0.field.index) }
    try report(
      resourceFault()
        + keys.filter { columns.fields[$0.field.index] == nil }
        .map { unbound(query.resource.field($0.field).name, SourceSpan(0, 0)) })
  }

  private func report(_ diagnostics: [Diagnostic]) throws(QueryError) {
    if let error = QueryError(diagnostics) { throw error }
  }

  private func resourceFault() -> [Diagnostic] {
    isSameResource
      ? []
      : [
        Diagnostic(
          .invalidResource(faults: ["the query and the shape of \(typeName) are of different resources"]),
          SourceSpan(0, 0))
      ]
  }

  private func unbound(_ name: String, _ span: SourceSpan) -> Diagnostic {
    Diagnostic(.unboundField(field: name, type: typeName), span)
  }

  private func missing(_ node: PredicateNode) -> [Diagnostic] {
    guard isSameResource else { return [] }
    switch node.kind {
    case .and, .or, .not, .always, .never: return []
    case .any:
      let relation = node.other.index
      guard columns.relations.indices.contains(relation), columns.relations[relation] == nil else {
        return []
      }
      return [unbound(query.resource.relationName(relation), query.span(of: node))]
    case .compareFields: return missing(node.field, node) + missing(node.other, node)
    case .compare, .within, .member, .pattern, .isNull, .jsonContains, .matches:
      return missing(node.field, node)
    }
  }

  private func missing(_ field: FieldID, _ node: PredicateNode) -> [Diagnostic] {
    guard columns.fields.indices.contains(field.index), columns.fields[field.index] == nil else { return [] }
    return [unbound(query.resource.fullName(of: field), query.span(of: node))]
  }
}
