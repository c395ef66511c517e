/// The immutable inside of a `Query`.
@usableFromInline package final class QueryContent: Sendable {
  @usableFromInline package let resource: Resource
  @usableFromInline package let buffer: [UInt8]
  @usableFromInline package let nodes: [PredicateNode]
  @usableFromInline package let operands: [Operand]
  /// Nil for the resource's default, which need not be kept twice.
  @usableFromInline package let sort: [SortKey]?
  /// Nil for the resource's default.
  @usableFromInline package let selection: [FieldID]?
  @usableFromInline package let inclusion: [String]

  init(
    resource: Resource, buffer: [UInt8], nodes: [PredicateNode], operands: [Operand], sort: [SortKey]?,
    selection: [FieldID]?, inclusion: [String]
  ) {
    self.resource = resource
    self.buffer = buffer
    self.nodes = nodes
    self.operands = operands
    self.sort = sort
    self.selection = selection
    self.inclusion = inclusion
  }

  /// The same with some parts replaced.
  func with(
    nodes: [PredicateNode]? = nil, sort: [SortKey]? = nil, selection: [FieldID]? = nil
  ) -> QueryContent {
    QueryContent(
      resource: resource, buffer: buffer, nodes: nodes ?? self.nodes, operands: operands,
      sort: sort ?? self.sort, selection: selection ?? self.selection, inclusion: inclusion)
  }
}
