/// The immutable inside of a `Query`.
@usableFromInline package final class QueryContent: Sendable {
  @usableFromInline package let resource: Resource
  @usableFromInline package let buffer: [UInt8]
  @usableFromInline package let nodes: [PredicateNode]
  @usableFromInline package let operands: [Operand]
  /// Nil when nothing but the filter and the page was asked for.
  @usableFromInline package let choices: QueryChoices?

  init(
    resource: Resource, buffer: [UInt8], nodes: [PredicateNode], operands: [Operand], choices: QueryChoices?
  ) {
    self.resource = resource
    self.buffer = buffer
    self.nodes = nodes
    self.operands = operands
    self.choices = choices
  }

  /// The same with some parts replaced.
  func with(nodes: [PredicateNode]? = nil, choices: QueryChoices? = nil) -> QueryContent {
    QueryContent(
      resource: resource, buffer: buffer, nodes: nodes ?? self.nodes, operands: operands,
      choices: choices ?? self.choices)
  }
}

/// What a request may choose beside its filter and its page. A class, because most requests choose nothing.
@usableFromInline package final class QueryChoices: Sendable {
  /// Nil for the resource's default, which need not be kept twice.
  @usableFromInline package let sort: [SortKey]?
  /// Nil for the resource's default.
  @usableFromInline package let selection: [FieldID]?
  @usableFromInline package let inclusion: [String]

  package init(sort: [SortKey]? = nil, selection: [FieldID]? = nil, inclusion: [String] = []) {
    self.sort = sort
    self.selection = selection
    self.inclusion = inclusion
  }
}
