import TamisJSON
public import TamisModel

/// Compiles a query's filter for records in memory.
///
///     let predicate = PredicateCompiler(query).predicate
///     let rows = predicate.indices(in: records)   // currency_eq=USD&balance_gt=5
public struct PredicateCompiler: Sendable {
  private let query: Query
  private(set) var program: PredicateProgram

  public init(_ query: Query) {
    self.query = query
    program = PredicateProgram(constants: query.buffer)
    if query.nodes.isEmpty { append(.constant(true)) } else { compile(0, isNegated: false) }
  }

  /// The query's filter; total: what a literal of another kind than its field makes UNKNOWN selects nothing.
  public var predicate: RecordSetPredicate {
    RecordSetPredicate(program: program)
  }

  private mutating func append(_ step: PredicateProgram.Step) {
    program.nodes.append(PredicateProgram.Node(step: step, end: program.nodes.count + 1))
  }

  private mutating func group(_ step: PredicateProgram.Step, _ index: Int, isNegated: Bool) {
    let opened = program.nodes.count
    append(step)
    // Numbers first: what they leave out costs no text its comparison. Else the client's order.
    let members = query.memberIndexes(of: index)
    for member in members where isCheap(member) { compile(member, isNegated: isNegated) }
    for member in members where !isCheap(member) { compile(member, isNegated: isNegated) }
    program.nodes[opened].end = program.nodes.count
  }

  /// Whether a member tests a number that stands by itself.
  private func isCheap(_ index: Int) -> Bool {
    let node = query.nodes[index]
    switch node.kind {
    case .compare, .within, .member: break
    case .isNull: return !node.hasPath
    case .and, .or, .not, .always, .never, .any, .compareFields, .pattern, .jsonContains, .matches:
      return false
    }
    switch query.resource.field(node.field).type {
    case .integer, .bigInteger, .boolean, .date, .timestamp: return true
    case .text, .decimal, .uuid, .enumeration, .json: return false
    }
  }

  /// Negation goes down to the leaves, where AND and OR change places and null stays UNKNOWN. Recursion is
  /// bounded by the depth limit of planning.
  private mutating func compile(_ index: Int, isNegated: Bool) {
    let node = query.nodes[index]
    let negated = node.isNegated != isNegated
    switch node.kind {
    case .and: group(isNegated ? .or : .and, index, isNegated: isNegated)
    case .or: group(isNegated ? .and : .or, index, isNegated: isNegated)
    case .not: group(.and, index, isNegated: !isNegated)
    case .always: append(.constant(!isNegated))
    case .never: append(.constant(isNegated))
    case .any:
      group(
        .any(relation: node.other.index, minimum: Int(node.minimum), isNegated: negated), index,
        isNegated: false)
    case .compare:
      leaf(node, test(node, isNegated ? node.comparison.negated : node.comparison))
    case .compareFields: compareFields(node, isNegated ? node.comparison.negated : node.comparison)
    case .within: leaf(node, within(node, negated))
    case .member: member(node, negated)
    case .pattern: leaf(node, pattern(node, negated))
    case .isNull: leaf(node, negated ? .isNotNull : .isNull)
    case .jsonContains: contains(node, negated)
    case .matches: regex(node, negated)
    }
  }

  // MARK: Leaves

  /// A test of the field's value, or of one inside it.
  private mutating func leaf(_ node: PredicateNode, _ test: CellTest) {
    let column = node.field.index
    guard query.resource.fieldCount > column else { return append(.constant(false)) }
    guard node.hasPath else { return append(.field(column: column, test)) }
    append(.path(column: column, JSONPathTest(path: keys(node), reading: reading(node), test: test)))
  }

  private func reading(_ node: PredicateNode) -> JSONPathTest.Reading {
    switch node.kind {
    case .jsonContains: .document
    case .compare, .within, .member, .pattern, .matches:
      switch node.reading {
      case .canonicalText: .canonicalText
      case .numericText: .numericText
      case .sameType, .notJSON: .asIs
      }
    case .isNull, .and, .or, .not, .always, .never, .any, .compareFields: .asIs
    }
  }

  private func keys(_ node: PredicateNode) -> [[UInt8]] {
    query.keys(of: node).map { Array($0.utf8) }
  }

  private func operands(_ node: PredicateNode) -> ArraySlice<Operand> {
    query.operands(of: node)
  }

  /// What the operands are compared as; nil where the field's values are never of the operand's kind.
  private enum Class {
    case number
    case rank([Int])
    case text
    case decimal(scale: Int)
    case boolean
    /// A whole document, which is equal to another or not.
    case document
  }

  private func `class`(_ node: PredicateNode, _ operand: Operand) -> Class? {
    switch (query.resource.field(node.field).type, operand.kind) {
    case (.integer, .integer), (.date, .date), (.timestamp, .timestamp), (.boolean, .boolean): .number
    case (.enumeration(let enumeration), .enumerationCase): .rank(enumeration.ranks)
    case (.text, .text), (.uuid, .uuid): .text
    case (.bigInteger, .decimal): .decimal(scale: 0)
    case (.decimal(_, let scale), .decimal): .decimal(scale: scale)
    case (.json, .json): node.hasPath ? nil : .document
    case (.json, _): node.hasPath ? jsonClass(node, operand) : nil
    default: nil
    }
  }

  private func jsonClass(_ node: PredicateNode, _ operand: Operand) -> Class? {
    switch (operand.kind, node.reading) {
    case (.text, _): .text
    case (.decimal, .sameType), (.decimal, .notJSON), (.decimal, .numericText): .decimal(scale: 0)
    case (.boolean, .sameType), (.boolean, .notJSON): .boolean
    default: nil
    }
  }

  private func text(_ operand: Operand) -> Cell {
    Cell(text: operand.range, of: query.buffer)
  }

  private func test(_ node: PredicateNode, _ comparison: Comparison) -> CellTest {
    guard let operand = operands(node).first, let kind = `class`(node, operand) else { return .unknown }
    switch kind {
    case .number: return .number(.comparison(comparison, operand.payload))
    case .boolean: return .boolean(.comparison(comparison, operand.payload))
    case .rank(let ranks): return Self.cases(ranks, comparison, operand.payload)
    case .text:
      return comparison == .equal
        ? .textEqual(text(operand)) : .text(.comparison(comparison, text(operand)))
    case .decimal(let scale):
      return .decimal(.comparison(comparison, operand.range, scale: scale, constants: query.buffer))
    case .document: return documentTest(operand, comparison)
    }
  }

  private func documentTest(_ operand: Operand, _ comparison: Comparison) -> CellTest {
    guard comparison == .equal || comparison == .notEqual,
      let tape = Self.tape(Array(query.bytes(of: operand)))
    else { return .unknown }
    return .document(tape, isNegated: comparison == .notEqual)
  }

  /// The cases whose stored value compares so with the operand's.
  private static func cases(_ ranks: [Int], _ comparison: Comparison, _ index: Int64) -> CellTest {
    guard let place = Int(exactly: index), ranks.indices.contains(place) else { return .unknown }
    let accepted = ranks.indices.filter { comparison.holds(forOrder: ranks[$0] - ranks[place]) }
    return .numberSet(NumberSet(accepted.map(Int64.init), isNegated: false))
  }

  private func within(_ node: PredicateNode, _ isNegated: Bool) -> CellTest {
    let bounds = Array(operands(node))
    guard bounds.count == 2, bounds[0].kind == bounds[1].kind, let kind = `class`(node, bounds[0]) else {
      return .unknown
    }
    let isClosed = !node.isHalfOpen
    switch kind {
    case .number, .boolean:
      let test = NumberTest.within(
        bounds[0].payload, bounds[1].payload, isHalfOpen: node.isHalfOpen, isNegated: isNegated)
      if case .boolean = kind { return .boolean(test) }
      return .number(test)
    case .rank, .document: return .unknown
    case .text:
      return .text(
        TextTest(
          lower: .init(text: text(bounds[0]), isClosed: true),
          upper: .init(text: text(bounds[1]), isClosed: isClosed), isNegated: isNegated))
    case .decimal(let scale):
      return .decimal(
        DecimalTest(
          .init(digits: bounds[0].range, isClosed: true), .init(digits: bounds[1].range, isClosed: isClosed),
          isNegated: isNegated, scale: scale, constants: query.buffer))
    }
  }

  /// An empty list is FALSE, negated TRUE, of null too: nothing is compared.
  private mutating func member(_ node: PredicateNode, _ isNegated: Bool) {
    let operands = Array(operands(node))
    guard let first = operands.first else { return append(.constant(isNegated)) }
    guard operands.allSatisfy({ $0.kind == first.kind }) else {
      return mixedMember(node, operands, isNegated)
    }
    leaf(node, memberTest(node, operands, isNegated))
  }

  private func memberTest(_ node: PredicateNode, _ operands: [Operand], _ isNegated: Bool) -> CellTest {
    guard let kind = `class`(node, operands[0]) else { return .unknown }
    switch kind {
    case .number, .rank: return .numberSet(NumberSet(operands.map(\.payload), isNegated: isNegated))
    case .document: return .unknown
    case .boolean: return Self.booleans(Set(operands.map { $0.payload != 0 }), isNegated)
    case .text:
      return .textSet(TextSet(operands.map(text), isNegated: isNegated, constants: query.buffer))
    case .decimal(let scale):
      return .decimalSet(
        DecimalSet(operands.map(\.range), isNegated: isNegated, scale: scale, constants: query.buffer))
    }
  }

  private static func booleans(_ members: Set<Bool>, _ isNegated: Bool) -> CellTest {
    let numbers = members.map { $0 ? Int64(1) : 0 }
    guard let lower = numbers.min(), let upper = numbers.max() else { return .unknown }
    return .boolean(NumberTest(lower: lower, upper: upper, isNegated: isNegated))
  }

  /// A JSON body's list may hold values of several types. Equal to one of them: TRUE for one class of operands.
  /// Different from all: a value of one type is UNKNOWN against the operands of another, so nothing is.
  private mutating func mixedMember(_ node: PredicateNode, _ operands: [Operand], _ isNegated: Bool) {
    guard !isNegated else { return append(.constant(false)) }
    let opened = program.nodes.count
    append(.or)
    var kinds: [Operand.Kind] = []
    for operand in operands where !kinds.contains(operand.kind) { kinds.append(operand.kind) }
    for kind in kinds {
      leaf(node, memberTest(node, operands.filter { $0.kind == kind }, false))
    }
    program.nodes[opened].end = program.nodes.count
  }

  private func pattern(_ node: PredicateNode, _ isNegated: Bool) -> CellTest {
    guard let operand = operands(node).first, operand.kind == .pattern, hasText(node) else { return .unknown }
    let matcher = PatternMatcher(query.buffer, operand.range, ignoresCase: node.ignoresCase)
    return .pattern(matcher, isNegated: isNegated)
  }

  private mutating func regex(_ node: PredicateNode, _ isNegated: Bool) {
    guard let operand = operands(node).first, operand.kind == .text, hasText(node) else {
      return leaf(node, .unknown)
    }
    program.canFail = true
    let pattern = Array(query.bytes(of: operand))
    leaf(node, .regex(RegexTest(pattern, isNegated: isNegated, span: query.span(of: node))))
  }

  private func hasText(_ node: PredicateNode) -> Bool {
    switch query.resource.field(node.field).type {
    case .text: true
    case .json: node.hasPath
    case .integer, .bigInteger, .decimal, .boolean, .uuid, .date, .timestamp, .enumeration: false
    }
  }

  private mutating func compareFields(_ node: PredicateNode, _ comparison: Comparison) {
    let types = (query.resource.field(node.field).type, query.resource.field(node.other).type)
    guard let order = CellOrder(types.0, types.1),
      query.resource.relationIndex(of: node.field) == query.resource.relationIndex(of: node.other)
    else { return append(.constant(false)) }
    append(.fields(left: node.field.index, right: node.other.index, order, comparison))
  }

  private mutating func contains(_ node: PredicateNode, _ isNegated: Bool) {
    guard query.resource.field(node.field).type == .json, let operand = operands(node).first,
      operand.kind == .json, let tape = Self.tape(Array(query.bytes(of: operand)))
    else { return leaf(node, .unknown) }
    leaf(node, .contains(tape, isNegated: isNegated))
  }

  private static func tape(_ json: [UInt8]) -> RecordTable? {
    guard let document = try? JSONDocument.parse(json, limits: RecordText.limits) else { return nil }
    var table = RecordTable(fieldless: ())
    guard (try? table.append(document, 0, digitLimit: 100_000)) != nil else { return nil }
    return table
  }
}
