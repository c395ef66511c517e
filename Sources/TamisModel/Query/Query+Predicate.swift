extension Query {
  /// The filter as a tree.
  public var predicate: Predicate {
    predicate(at: 0)
  }

  /// Recursion is bounded by the depth limit of planning.
  package func predicate(at index: Int) -> Predicate {
    guard index < nodes.count else { return .always }
    let node = nodes[index]
    switch node.kind {
    case .always: return .always
    case .never: return .never
    case .and: return .and(members(of: index))
    case .or: return .or(members(of: index))
    case .not: return .not(predicate(at: index + 1))
    case .compare: return .compare(path(of: node), node.comparison, value(node, 0))
    case .compareFields:
      return .compareFields(path(of: node), node.comparison, FieldPath(resource.field(node.other).name))
    case .within:
      return .within(
        path(of: node), lower: value(node, 0), upper: value(node, 1), isHalfOpen: node.isHalfOpen,
        isNegated: node.isNegated)
    case .member:
      return .member(
        path(of: node), operands(of: node).map { value($0, field: node.field) },
        isNegated: node.isNegated)
    case .pattern:
      let bytes = operand(of: node, 0).map { Array(self.bytes(of: $0)) } ?? []
      return .pattern(
        path(of: node), TextPattern(bytes: bytes, ignoresCase: node.ignoresCase), isNegated: node.isNegated)
    case .isNull: return .isNull(path(of: node), isNegated: node.isNegated)
    case .any:
      return .any(
        relation: resource.relation(node.other.index).name, predicate(at: index + 1),
        isNegated: node.isNegated, atLeast: Int(node.minimum))
    case .jsonContains:
      return .jsonContains(
        path(of: node), json: operand(of: node, 0).map(string) ?? "", isNegated: node.isNegated)
    case .matches:
      return .matches(path(of: node), operand(of: node, 0).map(string) ?? "", isNegated: node.isNegated)
    }
  }

  /// The indexes of a group's direct members.
  package func memberIndexes(of index: Int) -> [Int] {
    var result: [Int] = []
    var next = index + 1
    while next < Int(nodes[index].end) {
      result.append(next)
      next = Int(nodes[next].end)
    }
    return result
  }

  private func members(of index: Int) -> [Predicate] {
    memberIndexes(of: index).map { predicate(at: $0) }
  }

  private func path(of node: PredicateNode) -> FieldPath {
    FieldPath(resource.field(node.field).name, keys: keys(of: node), reading: node.reading)
  }

  private func value(_ node: PredicateNode, _ offset: Int) -> Value {
    operand(of: node, offset).map { value($0, field: node.field) } ?? .argument
  }

  package func value(_ operand: Operand, field: FieldID) -> Value {
    switch operand.kind {
    case .text, .pattern, .path: .text(string(of: operand))
    case .integer: .integer(operand.payload)
    case .decimal: .decimal(Decimal(canonical: string(of: operand)))
    case .boolean: .boolean(operand.payload != 0)
    case .uuid: .uuid(string(of: operand))
    case .date: .date(CalendarDate(daysSinceEpoch: operand.payload))
    case .timestamp: .timestamp(Timestamp(microseconds: operand.payload))
    case .enumerationCase:
      .enumeration(resource.field(field).enumeration?.name(at: Int(operand.payload)) ?? "")
    case .json: .json(string(of: operand))
    case .argument, .patternPlace: .argument
    }
  }
}

extension Query: Equatable {
  public static func == (left: Query, right: Query) -> Bool {
    left.resource == right.resource && left.predicate == right.predicate && left.sort == right.sort
      && left.page == right.page && left.selection == right.selection && left.inclusions == right.inclusions
      && left.wantsCount == right.wantsCount
      && left.boundary == right.boundary && left.randomOrder == right.randomOrder
  }
}

extension Query: Hashable {
  public func hash(into hasher: inout Hasher) {
    hasher.combine(resource)
    hasher.combine(predicate)
    hasher.combine(sort)
    hasher.combine(page)
  }
}

extension Enumeration {
  package func name(at index: Int) -> String? {
    cases.indices.contains(index) ? cases[index].name : nil
  }
}
