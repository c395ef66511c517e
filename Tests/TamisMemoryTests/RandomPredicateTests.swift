import TamisMemory
import TamisModel
import Testing

/// Trees of every shape, not normalised, against an evaluator written straight from the meaning of three values.
@Suite struct RandomPredicateTests {
  /// TRUE, FALSE, or nil for UNKNOWN; `values` are a record's or an element's.
  private func oracle(_ predicate: Predicate, _ record: Record, _ values: [String: Value]) -> Bool? {
    switch predicate {
    case .always: return true
    case .never: return false
    case .and(let parts):
      let truths = parts.map { oracle($0, record, values) }
      return truths.contains(false) ? false : truths.contains(nil) ? nil : true
    case .or(let parts):
      let truths = parts.map { oracle($0, record, values) }
      return truths.contains(true) ? true : truths.contains(nil) ? nil : false
    case .not(let inner): return oracle(inner, record, values).map { !$0 }
    case .compare(let path, let comparison, let operand):
      return order(values[path.field], operand).map { comparison.holds(forOrder: $0) }
    case .compareFields(let left, let comparison, let right):
      return order(values[left.field], values[right.field]).map { comparison.holds(forOrder: $0) }
    case .within(let path, let lower, let upper, let isHalfOpen, let isNegated):
      guard let first = order(values[path.field], lower), let last = order(values[path.field], upper) else {
        return nil
      }
      return (first >= 0 && (isHalfOpen ? last < 0 : last <= 0)) != isNegated
    case .member(let path, let members, let isNegated):
      if members.isEmpty { return isNegated }
      guard values[path.field] != nil else { return nil }
      return members.contains { order(values[path.field], $0) == 0 } != isNegated
    case .isNull(let path, let isNegated): return (values[path.field] == nil) != isNegated
    case .any(_, let inner, let isNegated, let minimum):
      let elements = record.elements(ofRelation: 0).map { cells in
        ["amount": cells[0], "limit": cells[1]].compactMapValues { $0 }
      }
      return (elements.count { oracle(inner, record, $0) == true } >= minimum) != isNegated
    case .pattern, .jsonContains, .matches: return nil
    }
  }

  private func order(_ left: Value?, _ right: Value?) -> Int? {
    switch (left, right) {
    case (.integer(let first), .integer(let second)): first < second ? -1 : first == second ? 0 : 1
    case (.decimal(let first), .decimal(let second)): first < second ? -1 : first == second ? 0 : 1
    case (.text(let first), .text(let second)):
      first == second ? 0 : Array(first.utf8).lexicographicallyPrecedes(Array(second.utf8)) ? -1 : 1
    default: nil
    }
  }

  private struct Writer {
    var generator: SeededGenerator
    let texts = ["", "a", "ab", "abcdefgh", "abcdefghi", "abcdefghj", "é"]
    let decimals = ["-1.5", "0", "1.5", "2", "12345678901234567890", "99999999999999999999.25"]

    mutating func pick<Element>(_ items: [Element]) -> Element {
      items[Int.random(in: items.indices, using: &generator)]
    }
    mutating func flag() -> Bool { Bool.random(using: &generator) }
    mutating func comparison() -> Comparison { pick(Comparison.allCases) }

    mutating func value(of field: String) -> Value {
      switch field {
      case "name": .text(pick(texts))
      case "price": decimal(pick(decimals + ["1.505", "1e40"]))
      default: .integer(Int64.random(in: 0...3, using: &generator))
      }
    }

    mutating func leaf(_ fields: [String]) -> Predicate {
      let name = pick(fields)
      let path = FieldPath(name)
      switch Int.random(in: 0..<8, using: &generator) {
      case 0: return .always
      case 1: return .never
      case 2: return .isNull(path, isNegated: flag())
      case 3:
        let count = Int.random(in: 0...3, using: &generator)
        return .member(path, (0..<count).map { _ in value(of: name) }, isNegated: flag())
      case 4:
        return .within(
          path, lower: value(of: name), upper: value(of: name), isHalfOpen: flag(), isNegated: flag())
      case 5: return .compareFields(FieldPath(fields[0]), comparison(), FieldPath(fields[1]))
      default: return .compare(path, comparison(), value(of: name))
      }
    }

    mutating func tree(_ depth: Int, isRoot: Bool) -> Predicate {
      let fields = isRoot ? ["count", "floor", "name", "price"] : ["amount", "limit"]
      if depth == 0 { return leaf(fields) }
      let count = Int.random(in: 0...3, using: &generator)
      switch Int.random(in: 0..<(isRoot ? 6 : 4), using: &generator) {
      case 0: return .and((0..<count).map { _ in tree(depth - 1, isRoot: isRoot) })
      case 1: return .or((0..<count).map { _ in tree(depth - 1, isRoot: isRoot) })
      case 2: return .not(tree(depth - 1, isRoot: isRoot))
      case 4:
        return .any(
          relation: "items", tree(depth - 1, isRoot: false), isNegated: flag(), atLeast: pick([1, 1, 2, 3]))
      default: return leaf(fields)
      }
    }

    mutating func members() -> String {
      func number() -> String { pick(["0", "1", "2", "3", "null"]) }
      let items = (0..<Int.random(in: 0...3, using: &generator))
        .map { _ in #"{"amount":\#(number()),"limit":\#(number())}"# }
      let name = flag() ? "null" : "\"\(pick(texts))\""
      return #"""
        {"id":"r","count":\#(number()),"floor":\#(number()),"name":\#(name),
        "price":\#(pick(decimals + ["null"])),"items":[\#(items.joined(separator: ","))]}
        """#.split(separator: "\n").joined()
    }
  }

  @Test func agreesWithThreeValues() throws {
    var writer = Writer(generator: SeededGenerator(state: 5))
    let set = try sampleReader.readAll(
      Array((0..<200).map { _ in writer.members() }.joined(separator: "\n").utf8))
    let names = ["count", "floor", "name", "price"]
    let ids = try names.map { try #require(samples.field(named: $0)) }
    let rows = set.map { record in
      Dictionary(uniqueKeysWithValues: zip(names, ids).map { ($0, record.value(of: $1)) }).compactMapValues {
        $0
      }
    }
    var counts: [Bool?: Int] = [:]
    for _ in 0..<1_500 {
      let tree = writer.tree(Int.random(in: 0...4, using: &writer.generator), isRoot: true)
      let predicate = RecordSetPredicate(try #require(Query(samples, where: tree)))
      let truths = set.indices.map { oracle(tree, set[$0], rows[$0]) }
      for truth in truths { counts[truth, default: 0] += 1 }
      let expected = set.indices.filter { truths[$0] == true }
      #expect(try predicate.indices(in: set) == expected, "\(tree)")
      #expect(try set.indices.filter { try predicate.matches(set[$0]) } == expected, "\(tree)")
    }
    #expect([true, false, nil].allSatisfy { counts[$0, default: 0] > 10_000 })
  }
}
