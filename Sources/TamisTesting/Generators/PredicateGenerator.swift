public import TamisModel

/// Random typed queries: trees of every clause that a resource's fields allow, over operands from its records.
public struct PredicateGenerator {
  let resource: Resource
  let pool: OperandPool
  var random: RandomSource

  public init(_ generated: GeneratedResource, random: RandomSource) {
    resource = generated.resource
    pool = OperandPool(resource: generated.resource, records: generated.records)
    self.random = random
  }

  /// Of several queries the one that the caller rates lowest: what has been tried least.
  public mutating func query(of count: Int, rating: (Query) -> Int) -> Query? {
    (0..<count).compactMap { _ in query() }.min { rating($0) < rating($1) }
  }

  public mutating func query() -> Query? {
    let order = sortKeys()
    let size = random.chance(45) ? 1_000 : random.within(1...8)
    let page = Page(limit: size, offset: random.chance(60) ? 0 : random.within(0...6))
    return Query(resource, where: predicate(depth: 0, relation: nil), sort: order, page: page)
  }

  /// The query with other values in it, each of its own type and class: what must not change the SQL text.
  public mutating func withOtherValues(_ query: Query) -> Query? {
    let predicate = otherValues(query.predicate, relation: nil)
    return Query(
      resource, where: predicate, sort: query.sort,
      page: Page(limit: query.page.limit + 1, offset: query.page.offset + 1))
  }

  private mutating func otherValues(_ predicate: Predicate, relation: String?) -> Predicate {
    switch predicate {
    case .always, .never, .compareFields, .isNull, .jsonContains, .matches: return predicate
    case .and(let parts): return .and(parts.map { otherValues($0, relation: relation) })
    case .or(let parts): return .or(parts.map { otherValues($0, relation: relation) })
    case .not(let inner): return .not(otherValues(inner, relation: relation))
    case .any(let name, let inner, let isNegated, let minimum):
      let path = Self.path(relation, name)
      var asked = inner
      // A query that is built from a tree gets the relation's own condition again.
      if resource.relation(at: path)?.condition != .always, case .and(let parts) = inner, parts.count == 2 {
        asked = parts[1]
      }
      return .any(
        relation: name, otherValues(asked, relation: path), isNegated: isNegated, atLeast: minimum)
    case .compare(let path, let comparison, _):
      return path.keys.isEmpty ? .compare(path, comparison, other(path, relation)) : predicate
    case .within(let path, _, _, let isHalfOpen, let isNegated):
      guard path.keys.isEmpty else { return predicate }
      return .within(
        path, lower: other(path, relation), upper: other(path, relation), isHalfOpen: isHalfOpen,
        isNegated: isNegated)
    case .member(let path, let values, let isNegated):
      guard path.keys.isEmpty else { return predicate }
      return .member(path, values.map { _ in other(path, relation) }, isNegated: isNegated)
    case .pattern(let path, let pattern, let isNegated):
      let bytes = pattern.bytes.map { $0 &- 97 < 26 ? UInt8(97 + random.below(26)) : $0 }
      return .pattern(path, TextPattern(bytes: bytes, ignoresCase: pattern.ignoresCase), isNegated: isNegated)
    }
  }

  private mutating func other(_ path: FieldPath, _ relation: String?) -> Value {
    typed(pool.value(path, relation: relation, &random), path, relation)
  }

  private mutating func sortKeys() -> [SortKey] {
    let fields = resource.fields.filter(\.isSortable)
    return random.some(random.within(0...3), of: fields).compactMap { field in
      resource.field(named: field.name).map {
        SortKey(
          field: $0, direction: random.chance(50) ? .ascending : .descending,
          nulls: random.chance(50) ? .first : .last)
      }
    }
  }

  // MARK: Trees

  mutating func predicate(depth: Int, relation: String?) -> Predicate {
    switch random.below(depth >= 3 ? 6 : 10) {
    case 0...4: return leaf(relation)
    case 5: return .not(leaf(relation))
    case 6: return .and(parts(depth, relation))
    case 7: return .or(parts(depth, relation))
    case 8: return .not(predicate(depth: depth + 1, relation: relation))
    default: return any(depth, relation) ?? leaf(relation)
    }
  }

  private mutating func parts(_ depth: Int, _ relation: String?) -> [Predicate] {
    let count = random.chance(3) ? 0 : random.within(1...4)
    var parts = (0..<count).map { _ in predicate(depth: depth + 1, relation: relation) }
    if random.chance(10), let first = parts.first { parts.append(first) }
    if random.chance(3) { parts.append(random.chance(50) ? .always : .never) }
    return parts
  }

  private static func path(_ relation: String?, _ name: String) -> String {
    relation.map { $0 + "." + name } ?? name
  }

  private mutating func any(_ depth: Int, _ relation: String?) -> Predicate? {
    let relations = resource.relations(in: relation)
    guard !relations.isEmpty else { return nil }
    let name = random.pick(relations).name
    let path = Self.path(relation, name)
    return .any(
      relation: name, predicate(depth: depth + 1, relation: path), isNegated: random.chance(35),
      atLeast: random.chance(25) ? random.within(2...3) : 1)
  }

  // MARK: Leaves

  mutating func leaf(_ relation: String?) -> Predicate {
    if !resource.relations(in: relation).isEmpty, random.chance(15), let any = any(2, relation) { return any }
    let fields = resource.fields(in: relation)
    let documents = fields.filter { $0.type == .json }
    let field = !documents.isEmpty && random.chance(20) ? documents[0] : random.pick(fields)
    return field.type == .json ? documentLeaf(field, relation) : leaf(field, relation)
  }

  private mutating func leaf(_ field: Field, _ relation: String?) -> Predicate {
    let path = FieldPath(field.name)
    if field.isNullable, random.chance(10) { return .isNull(path, isNegated: random.chance(50)) }
    let hasOrder = field.operators.contains(.less)
    switch random.below(hasOrder ? field.type == .text ? 9 : 6 : 4) {
    case 0: return compare(path, relation, hasOrder: hasOrder)
    case 1: return compareFields(field, relation) ?? compare(path, relation, hasOrder: hasOrder)
    case 2: return member(path, relation)
    case 3, 4: return hasOrder ? within(path, relation) : compare(path, relation, hasOrder: false)
    case 5: return compare(path, relation, hasOrder: hasOrder)
    default:
      let value = pool.value(path, relation: relation, &random)
      if random.chance(20) { return .matches(path, regex(like: value), isNegated: negated()) }
      return .pattern(path, pattern(like: value), isNegated: negated())
    }
  }

  private mutating func negated() -> Bool { random.chance(45) }

  private mutating func comparison(hasOrder: Bool) -> Comparison {
    random.pick(hasOrder ? Comparison.allCases : [.equal, .notEqual])
  }

  private mutating func compare(_ path: FieldPath, _ relation: String?, hasOrder: Bool) -> Predicate {
    let operand = pool.value(path, relation: relation, &random)
    return .compare(path, comparison(hasOrder: hasOrder), typed(operand, path, relation))
  }

  private mutating func compareFields(_ field: Field, _ relation: String?) -> Predicate? {
    let fields =
      resource.fields(in: relation)
    let others = fields.filter { $0.type == field.type }
    guard others.count > 1 else { return nil }
    return .compareFields(
      FieldPath(field.name), random.pick(Comparison.allCases), FieldPath(random.pick(others).name))
  }

  private mutating func member(_ path: FieldPath, _ relation: String?) -> Predicate {
    let count = random.chance(4) ? 0 : random.chance(4) ? random.within(17...40) : random.within(1...5)
    let values = (0..<count).map { _ in
      typed(pool.value(path, relation: relation, &random), path, relation)
    }
    return .member(path, values, isNegated: negated())
  }

  private mutating func within(_ path: FieldPath, _ relation: String?) -> Predicate {
    let (lower, upper) = pool.bounds(path, relation: relation, &random)
    return .within(
      path, lower: typed(lower, path, relation), upper: typed(upper, path, relation),
      isHalfOpen: random.chance(50), isNegated: negated())
  }

  // MARK: JSON

  private mutating func documentLeaf(_ field: Field, _ relation: String?) -> Predicate {
    switch random.below(10) {
    case 0: return .isNull(FieldPath(field.name), isNegated: random.chance(50))
    case 1, 2:
      let path = FieldPath(
        field.name, keys: random.chance(50) ? [] : pool.keys(field, &random), reading: .sameType)
      let part = pool.document(path, relation: relation, &random)
      return .jsonContains(path, json: part.description, isNegated: negated())
    default: return keyLeaf(field, relation)
    }
  }

  private mutating func keyLeaf(_ field: Field, _ relation: String?) -> Predicate {
    let reading: JSONReading = random.chance(50) ? .canonicalText : .sameType
    let path = FieldPath(field.name, keys: pool.keys(field, &random), reading: reading)
    let operand = pool.value(path, relation: relation, &random)
    switch random.below(8) {
    case 0: return .isNull(path, isNegated: random.chance(50))
    case 1...3:
      let isBoolean = if case .boolean = operand { true } else { false }
      return .compare(path, comparison(hasOrder: !isBoolean), typed(operand, path, relation))
    case 4:
      let others = (0..<random.below(4)).map { _ in pool.value(path, relation: relation, &random) }
      if random.chance(12) { return .member(path, [], isNegated: negated()) }
      let values = ([operand] + others).filter { hasSameKind($0, operand) }.map {
        typed($0, path, relation)
      }
      return .member(path, values, isNegated: negated())
    case 5:
      let (lower, upper) = pool.bounds(path, relation: relation, &random)
      guard hasSameKind(lower, upper), !hasSameKind(lower, .boolean(true)) else { fallthrough }
      return .within(
        path, lower: typed(lower, path, relation), upper: typed(upper, path, relation),
        isHalfOpen: random.chance(30), isNegated: negated())
    default:
      if random.chance(20) { return .matches(path, regex(like: operand), isNegated: negated()) }
      return .pattern(path, pattern(like: operand), isNegated: negated())
    }
  }

  private func hasSameKind(_ left: ReferenceValue, _ right: ReferenceValue) -> Bool {
    switch (left, right) {
    case (.text, .text), (.number, .number), (.boolean, .boolean): true
    default: false
    }
  }

  // MARK: Operands

  private func typed(_ value: ReferenceValue, _ path: FieldPath, _ relation: String?) -> Value {
    value.typed(as: pool.field(path, relation: relation)?.type ?? .text) ?? .text("")
  }

  private mutating func regex(like value: ReferenceValue) -> String {
    var scalars: [Unicode.Scalar] = []
    if case .text(let text) = value { scalars = text }
    var generator = RegexGenerator(random: random.fork())
    return generator.pattern(around: scalars)
  }

  private mutating func pattern(like value: ReferenceValue) -> TextPattern {
    var scalars: [Unicode.Scalar] = []
    if case .text(let text) = value { scalars = text }
    let ignoresCase = random.chance(45)
    if ignoresCase, random.chance(50) { scalars = scalars.map(ValueGenerator.swapCase) }
    let elements = PatternGenerator.elements(around: scalars, &random)
    return TextPattern(bytes: PatternGenerator.bytes(elements), ignoresCase: ignoresCase)
  }
}

/// Patterns that match a text, or nearly.
enum PatternGenerator {
  static func elements(
    around text: [Unicode.Scalar], _ random: inout RandomSource
  ) -> [ReferenceText.Element] {
    let cut = random.below(text.count + 1)
    let all = text.map(ReferenceText.Element.scalar)
    switch random.below(8) {
    case 0: return all
    case 1: return [.anyRun]
    case 2: return Array(all[..<cut]) + [.anyRun]
    case 3: return [.anyRun] + Array(all[cut...])
    case 4: return [.anyRun] + Array(all[cut...].prefix(2)) + [.anyRun]
    case 5: return all.map { random.chance(40) ? .anyOne : $0 }
    case 6: return all.flatMap { random.chance(30) ? [.anyRun, $0] : [$0] }
    default: return all.map { random.chance(30) ? .anyOne : $0 } + [random.chance(50) ? .anyRun : .anyOne]
    }
  }

  /// The stored form: in a run of wildcards all any-ones come first, then one any-run.
  static func bytes(_ elements: [ReferenceText.Element]) -> [UInt8] {
    var bytes: [UInt8] = []
    var ones = 0
    var hasRun = false
    func flush() -> [UInt8] {
      Array(repeating: TextPattern.anyOne, count: ones) + (hasRun ? [TextPattern.anyRun] : [])
    }
    for element in elements {
      switch element {
      case .anyOne: ones += 1
      case .anyRun: hasRun = true
      case .scalar(let scalar):
        bytes += flush() + Array(String(scalar).utf8)
        (ones, hasRun) = (0, false)
      }
    }
    return bytes + flush()
  }

  /// As `like` text.
  static func like(_ elements: [ReferenceText.Element]) -> String {
    elements.map { element in
      switch element {
      case .anyOne: "_"
      case .anyRun: "%"
      case .scalar(let scalar):
        "%_\\".unicodeScalars.contains(scalar) ? "\\" + String(scalar) : String(scalar)
      }
    }.joined()
  }
}
