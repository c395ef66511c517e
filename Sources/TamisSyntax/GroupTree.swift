import TamisModel

/// The groups of a request, put together from names that may be scattered over it in any order.
///
/// Every step of every name is looked up once by its text, so building is linear in the names; a member's number is
/// text to it, and `or[999999999]` one member. Only the members of one group are sorted, by their numbers.
struct GroupTree {
  private struct Node {
    var content: Content
    var span: SourceSpan
    var members: [Int] = []
    /// Whether the members of this `and` or `or` are numbered, and the first name that said so.
    var numbering: (isNumbered: Bool, name: SourceSpan)?
  }

  private enum Content {
    case group(GroupWord, argument: ParsedText?)
    /// A numbered member: a conjunction.
    case member(ParsedText)
    case criterion(ParsedFilterNode)
  }

  private struct Key: Hashable {
    var parent: Int
    var step: UInt8
    var text: [UInt8]
  }

  /// The first one is the request's own conjunction.
  private var nodes = [Node(content: .group(.and, argument: nil), span: SourceSpan(0, 0))]
  private var places: [Key: Int] = [:]
  let buffer: [UInt8]

  init(buffer: [UInt8]) {
    self.buffer = buffer
  }

  // MARK: Building

  /// A criterion of the request itself.
  mutating func append(_ criterion: ParsedFilterNode) {
    append(Node(content: .criterion(criterion), span: criterion.span), to: 0)
  }

  /// A criterion in groups. Gives the name that numbers members where this one does not, or the other way round.
  mutating func append(
    _ criterion: ParsedFilterNode, at path: GroupPath, in family: UInt8, name: SourceSpan
  ) -> SourceSpan? {
    var parent = 0
    for (level, step) in path.steps.enumerated() {
      let mark = step.word.rawValue | (level == 0 ? family << 4 : 0)
      let relation = step.word == .any ? step.argument : nil
      parent = find(
        Key(parent: parent, step: mark, text: relation.map { Array(buffer[$0.range]) } ?? []),
        .group(step.word, argument: relation), step.text.span)
      guard step.word == .and || step.word == .or else { continue }
      if let other = setNumbering(of: parent, step.argument != nil, name) { return other }
      if let number = step.argument {
        parent = find(
          Key(parent: parent, step: 0xFF, text: Array(buffer[number.range])), .member(number), number.span)
      }
    }
    append(Node(content: .criterion(criterion), span: criterion.span), to: parent)
    return nil
  }

  private mutating func find(_ key: Key, _ content: Content, _ span: SourceSpan) -> Int {
    if let place = places[key] { return place }
    places[key] = nodes.count
    return append(Node(content: content, span: span), to: key.parent)
  }

  @discardableResult
  private mutating func append(_ node: Node, to parent: Int) -> Int {
    nodes.append(node)
    nodes[parent].members.append(nodes.count - 1)
    return nodes.count - 1
  }

  private mutating func setNumbering(of place: Int, _ isNumbered: Bool, _ name: SourceSpan) -> SourceSpan? {
    guard let numbering = nodes[place].numbering else {
      nodes[place].numbering = (isNumbered, name)
      return nil
    }
    return numbering.isNumbered == isNumbered ? nil : numbering.name
  }

  // MARK: Writing

  /// The filter in preorder, as a body's parser writes it.
  func filter() -> [ParsedFilterNode] {
    var filter: [ParsedFilterNode] = []
    filter.reserveCapacity(nodes.count)
    for member in nodes[0].members { write(member, to: &filter) }
    return filter
  }

  /// Recursion is bounded by the depth of a path.
  private func write(_ place: Int, to filter: inout [ParsedFilterNode]) {
    switch nodes[place].content {
    case .criterion(var criterion):
      criterion.end = UInt32(clamping: filter.count + 1)
      filter.append(criterion)
    case .member: writeConjunction(place, to: &filter)
    case .group(.and, _), .group(.or, _): writeGroup(place, to: &filter) { writeMembers(place, to: &$0) }
    case .group(.not, _), .group(.any, _):
      writeGroup(place, to: &filter) { writeConjunction(place, to: &$0) }
    }
  }

  /// One criterion is itself; several are a group.
  private func writeConjunction(_ place: Int, to filter: inout [ParsedFilterNode]) {
    guard nodes[place].members.count != 1 else { return writeMembers(place, to: &filter) }
    let opened = open(.and, name: .none(nodes[place].span), nodes[place].span, in: &filter)
    writeMembers(place, to: &filter)
    filter[opened].end = UInt32(clamping: filter.count)
  }

  private func writeGroup(
    _ place: Int, to filter: inout [ParsedFilterNode], _ members: (inout [ParsedFilterNode]) -> Void
  ) {
    guard case .group(let word, let argument) = nodes[place].content else { return }
    let span = nodes[place].span
    let name = argument.map { ParsedName($0, span: $0.span) } ?? .none(span)
    let opened = open(word.kind, name: name, argument.map { span.union($0.span) } ?? span, in: &filter)
    members(&filter)
    filter[opened].end = UInt32(clamping: filter.count)
  }

  private func open(
    _ kind: ParsedFilterNode.Kind, name: ParsedName, _ span: SourceSpan, in filter: inout [ParsedFilterNode]
  ) -> Int {
    filter.append(
      ParsedFilterNode(
        kind: kind, spelling: .bracket, end: 0, name: name,
        value: ParsedValue(kind: .absent, text: name.first), span: span))
    return filter.count - 1
  }

  private func writeMembers(_ place: Int, to filter: inout [ParsedFilterNode]) {
    for member in inOrder(nodes[place].members) { write(member, to: &filter) }
  }

  /// Numbered members by their numbers, whose text has no leading zeros; others as they came.
  private func inOrder(_ members: [Int]) -> [Int] {
    guard let first = members.first, case .member = nodes[first].content else { return members }
    return members.sorted { left, right in
      guard case .member(let first) = nodes[left].content, case .member(let second) = nodes[right].content
      else { return left < right }
      return first.range.count == second.range.count
        ? buffer[first.range].lexicographicallyPrecedes(buffer[second.range])
        : first.range.count < second.range.count
    }
  }
}
