/// The immutable inside of a `Query`.
@usableFromInline package final class QueryContent: Sendable {
  @usableFromInline package let resource: Resource
  @usableFromInline package let buffer: [UInt8]
  @usableFromInline package let nodes: PredicateNodes
  @usableFromInline package let operands: [Operand]
  /// Nil when nothing but the filter and the page was asked for.
  @usableFromInline package let choices: QueryChoices?

  init(
    resource: Resource, buffer: [UInt8], nodes: PredicateNodes, operands: [Operand], choices: QueryChoices?
  ) {
    self.resource = resource
    self.buffer = buffer
    self.nodes = nodes
    self.operands = operands
    self.choices = choices
  }

  /// The same with some parts replaced.
  func with(nodes: PredicateNodes? = nil, choices: QueryChoices? = nil) -> QueryContent {
    QueryContent(
      resource: resource, buffer: buffer, nodes: nodes ?? self.nodes, operands: operands,
      choices: choices ?? self.choices)
  }
}

/// What a request may choose beside its filter and its page. A class, because most requests choose nothing.
@usableFromInline package final class QueryChoices: Sendable {
  /// Nil for the resource's default, which need not be kept twice.
  @usableFromInline package let sort: [SortKey]?
  /// Where the client wrote the order; empty at the start where it did not. Does not count for equality.
  @usableFromInline package let sortSpan: SourceSpan
  /// Nil for the resource's default.
  @usableFromInline package let selection: [FieldID]?
  @usableFromInline package let inclusions: [Inclusion]
  /// Nil for a query that starts at its first record.
  @usableFromInline package let boundary: KeysetBoundary?
  @usableFromInline package let randomOrder: RandomOrder?

  package init(
    sort: [SortKey]? = nil, sortSpan: SourceSpan = SourceSpan(0, 0), selection: [FieldID]? = nil,
    inclusions: [Inclusion] = [], boundary: KeysetBoundary? = nil, randomOrder: RandomOrder? = nil
  ) {
    self.sort = sort
    self.sortSpan = sortSpan
    self.selection = selection
    self.inclusions = inclusions
    self.boundary = boundary
    self.randomOrder = randomOrder
  }

  /// The same with some parts replaced.
  func with(
    sort: [SortKey]? = nil, selection: [FieldID]? = nil, inclusions: [Inclusion]? = nil,
    boundary: KeysetBoundary? = nil, randomOrder: RandomOrder? = nil
  ) -> QueryChoices {
    QueryChoices(
      sort: sort ?? self.sort, sortSpan: sort == nil ? sortSpan : SourceSpan(0, 0),
      selection: selection ?? self.selection, inclusions: inclusions ?? self.inclusions,
      boundary: boundary ?? self.boundary, randomOrder: randomOrder ?? self.randomOrder)
  }
}
