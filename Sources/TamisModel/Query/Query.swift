/// What a request means: one typed query, whatever the spelling it came in. Immutable once planned.
///
/// Two spellings of one filter give equal queries; where a clause was written is kept beside it and does not
/// count for equality.
public struct Query: Sendable {
  /// Shared by copies: a query goes from the planner to emitters and predicates without being copied.
  @usableFromInline package var content: QueryContent
  public var page: Page
  /// Whether the client asks for the number of all records: `include_count=true`. The server runs the count.
  public var wantsCount = false

  package init(
    resource: Resource, buffer: [UInt8], nodes: PredicateNodes, operands: [Operand],
    page: Page, choices: QueryChoices?
  ) {
    content = QueryContent(
      resource: resource, buffer: buffer, nodes: nodes, operands: operands, choices: choices)
    self.page = page
  }

  @inlinable public var resource: Resource { content.resource }
  /// Text of all operands.
  @inlinable package var buffer: [UInt8] { content.buffer }
  /// Paths inside documents, and the operands of nodes that have several.
  @inlinable package var operands: [Operand] { content.operands }

  /// The filter in preorder; `nodes[0]` is the root. Never empty.
  package var nodes: PredicateNodes {
    @inlinable get { content.nodes }
    set { content = content.with(nodes: newValue) }
  }

  /// One node, without touching the others.
  @inlinable package func node(_ index: Int) -> PredicateNode { content.nodes[index] }
  @inlinable package var nodeCount: Int { content.nodes.count }

  /// Total: the primary key is always among the keys.
  public var sort: [SortKey] {
    get { content.choices?.sort ?? content.resource.resolvedDefaultSort }
    set { content = content.with(choices: choices.with(sort: newValue)) }
  }

  /// Fields of the answer, in the resource's order.
  public var selection: [FieldID] {
    get { content.choices?.selection ?? content.resource.defaultSelection }
    set { content = content.with(choices: choices.with(selection: newValue)) }
  }

  /// What was chosen beside the filter, to be changed in one part.
  var choices: QueryChoices { content.choices ?? QueryChoices() }

  /// Whether the order is the resource's own.
  @inlinable package var hasDefaultSort: Bool { content.choices?.sort == nil }
  /// Whether the answer's fields are the resource's own choice.
  @inlinable package var hasDefaultSelection: Bool { content.choices?.selection == nil }

  /// The place that the page stands beside; nil for a query that starts at its first record.
  public var boundary: KeysetBoundary? { content.choices?.boundary }
  /// The part of the order that is by chance.
  public var randomOrder: RandomOrder? { content.choices?.randomOrder }

  /// The same query ordered by chance, after so many of its keys as the random order says.
  public func shuffled(_ order: RandomOrder) -> Query {
    var query = self
    let position = Swift.min(Swift.max(order.position, 0), sort.count)
    query.content = content.with(
      choices: choices.with(randomOrder: RandomOrder(seed: order.seed, position: position, span: order.span)))
    return query
  }

  /// Where the client wrote the order; an empty span at the start where it is the resource's own.
  public var sortSpan: SourceSpan { content.choices?.sortSpan ?? SourceSpan(0, 0) }

  /// Where the client wrote a clause; an empty span at the start for what the client did not write.
  @inlinable
  package func span(of node: PredicateNode) -> SourceSpan { node.span }

  /// The operands of a node, in order.
  package func operands(of node: PredicateNode) -> ArraySlice<Operand> {
    Self.operands(of: node, operands)
  }

  /// The same over the operands of a predicate that is no query's.
  package static func operands(of node: PredicateNode, _ operands: [Operand]) -> ArraySlice<Operand> {
    if node.operandCount == 1 { return [node.loneOperand] }
    let range = Int(node.firstOperand)..<Int(node.firstOperand) + Int(node.operandCount)
    return operands[range.clamped(to: operands.indices)]
  }

  /// One of a node's operands; nil when it has fewer.
  @inlinable
  package func operand(of node: PredicateNode, _ offset: Int) -> Operand? {
    if node.operandCount == 1 { return offset == 0 ? node.loneOperand : nil }
    let index = Int(node.firstOperand) &+ offset
    return offset < Int(node.operandCount) && index < operands.count ? operands[index] : nil
  }

  @inlinable
  package func bytes(of operand: Operand) -> ArraySlice<UInt8> {
    buffer[operand.range]
  }

  package func string(of operand: Operand) -> String {
    String(decoding: buffer[operand.range], as: UTF8.self)
  }

  /// The keys of a node's path inside a JSON field.
  package func keys(of node: PredicateNode) -> [String] {
    guard node.hasPath, Int(node.path) < operands.count else { return [] }
    return bytes(of: operands[Int(node.path)])
      .split(separator: Operand.keySeparator, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
  }
}

/// One key of an order.
public struct SortKey: Hashable, Sendable {
  public enum Direction: UInt8, Hashable, Sendable {
    case ascending
    case descending
  }

  /// Where null stands, independent of the direction.
  public enum NullPlacement: UInt8, Hashable, Sendable {
    case first
    case last
  }

  public var field: FieldID
  public var direction: Direction
  public var nulls: NullPlacement

  public init(field: FieldID, direction: Direction, nulls: NullPlacement) {
    self.field = field
    self.direction = direction
    self.nulls = nulls
  }

  /// `SortKey(field: id, direction: .descending, placing: .smallest)` has null last.
  public init(field: FieldID, direction: Direction, placing nulls: SortOrder.Nulls) {
    self.init(field: field, direction: direction, nulls: nulls.placement(direction))
  }

  /// Null as the largest value: last when ascending, first when descending.
  package init(field: FieldID, direction: Direction) {
    self.init(field: field, direction: direction, placing: .largest)
  }
}

/// Which rows of the ordered result.
public struct Page: Hashable, Sendable {
  /// At most this many records. One more row is asked of the engine, to know whether more follow.
  public var limit: Int
  /// Records to skip.
  public var offset: Int

  public init(limit: Int, offset: Int) {
    self.limit = limit
    self.offset = offset
  }

  /// The page's size plus the extra row.
  package var rowLimit: Int { limit.addingReportingOverflow(1).overflow ? limit : limit + 1 }
}
