import Tamis
import TamisPlanner
import TamisTesting
import Testing

/// Whatever is called empty is empty: over every record that a small world has, and over random worlds.
struct EmptinessLawTests {
  /// Few values of each type, all of which stand in records, so that what no record satisfies is empty indeed.
  private static let world = Resource("world", dialect: .suffix) {
    Field("id", .integer).primaryKey()
    Field("whole", .integer).nullable()
    Field("exact", .decimal(precision: 2, scale: 1)).nullable()
    Field("name", .text).nullable()
    Field("flag", .boolean)
    Field("shade", .enumeration(shades)).nullable()
    Field("day", .date)
    Field("meta", .json).nullable().openKeys()
    Relation("items", .many) {
      Field("size", .integer).nullable()
    }
  }

  private static let shades = Enumeration([
    Enumeration.Case("dark", stored: .integer(5)), Enumeration.Case("light", stored: .integer(2)),
    Enumeration.Case("plain", stored: .integer(9)),
  ])

  /// For each field the JSON of its values, the last of which stands where nothing is asked.
  private static let values: [String: [String]] = [
    "whole": ["-9223372036854775808", "-1", "0", "1", "2", "3", "9223372036854775807", "null"],
    "exact": ["-9.9", "-0.2", "-0.1", "0", "0.1", "0.2", "0.3", "9.9", "null"],
    "name": [#""""#, #""a""#, #""aa""#, #""ab""#, #""b""#, #""ba""#, #""bb""#, #""abb""#, #""zz""#, "null"],
    "flag": ["true", "false"],
    "shade": [#""dark""#, #""light""#, #""plain""#, "null"],
    "day": [
      #""0001-01-01""#, #""2024-01-01""#, #""2024-01-02""#, #""2024-01-03""#, #""9999-12-31""#,
    ],
    "meta": [
      #"{"k":1}"#, #"{"k":2}"#, #"{"k":"1"}"#, #"{"k":"a"}"#, #"{"k":"b"}"#, #"{"k":true}"#, #"{"k":false}"#,
      #"{"k":1.5}"#, #"{"k":[]}"#, #"{"k":null}"#, "{}", "null",
    ],
    "items": ["[]", #"[{"size":1}]"#, #"[{"size":2}]"#, #"[{"size":null}]"#, #"[{"size":1},{"size":3}]"#],
  ]

  private static func records(of fields: [String]) -> [JSONTree] {
    let names = values.keys.sorted()
    let choices = names.map { fields.contains($0) ? values[$0] ?? [] : [values[$0]?.last ?? "null"] }
    let combinations = choices.reduce([[]]) { rows, next in rows.flatMap { row in next.map { row + [$0] } } }
    return combinations.enumerated().compactMap { index, row in
      let members = zip(names, row).map { "\"\($0)\":\($1)" }.joined(separator: ",")
      return JSONTree(parsing: "{\"id\":\(index),\(members)}")
    }
  }

  @Test func whatIsCalledEmptyIsEmptyInASmallWorld() throws {
    var random = RandomSource(seed: 20_261_121)
    var tally = (claimed: 0, empty: 0, tried: 0)
    let names = Self.values.keys.sorted()
    for _ in 0..<250 {
      let fields = random.some(random.chance(25) ? 2 : 1, of: names)
      let reference = ReferenceInterpreter(resource: Self.world, records: Self.records(of: fields))
      for _ in 0..<12 {
        let predicate = Self.tree(fields, depth: 0, &random)
        let query = Normalizer.normalise(try #require(Query(Self.world, where: predicate)))
        let isEmpty = reference.answer(query).matchCount == 0
        let isClaimed = query.emptiness != nil
        #expect(isEmpty || !isClaimed, "\(query.predicate)")
        tally.tried += 1
        if isEmpty { tally.empty += 1 }
        if isClaimed { tally.claimed += 1 }
      }
    }
    print("emptiness: \(tally.claimed) claimed of \(tally.empty) empty ones, \(tally.tried) tried")
    #expect(tally.empty > 300)
    #expect(tally.claimed * 100 >= tally.empty * 80)
  }

  // MARK: Random trees

  private static func tree(_ fields: [String], depth: Int, _ random: inout RandomSource) -> Predicate {
    switch random.below(depth >= 2 ? 6 : 10) {
    case 0...4: return leaf(random.pick(fields), &random)
    case 5: return .not(leaf(random.pick(fields), &random))
    case 6...8:
      return .and((0..<random.within(2...4)).map { _ in tree(fields, depth: depth + 1, &random) })
    default: return .or((0..<random.within(2...3)).map { _ in tree(fields, depth: depth + 1, &random) })
    }
  }

  private static func leaf(_ field: String, _ random: inout RandomSource) -> Predicate {
    if field == "items" {
      return .any(
        relation: "items", tree(["size"], depth: 1, &random), isNegated: random.chance(30),
        atLeast: random.pick([1, 1, 2]))
    }
    let path = path(field, &random)
    let value = { (random: inout RandomSource) in operand(field, path, &random) }
    // Neither booleans nor cases are ordered by any operator.
    let hasOrder = field != "flag" && field != "shade"
    let comparisons: [Comparison] = hasOrder ? Comparison.allCases : [.equal, .notEqual]
    switch random.below(field == "name" ? 8 : field == "meta" ? 7 : 6) {
    case 0, 1: return .compare(path, random.pick(comparisons), value(&random))
    case 2: return .isNull(path, isNegated: random.chance(50))
    case 3, 4:
      let kind = value(&random)
      let list = (0..<random.within(1...3)).map { _ in value(&random) }.filter { $0.hasKind(of: kind) }
      return .member(path, [kind] + list, isNegated: random.chance(50))
    case 5 where hasOrder:
      let (first, second) = (value(&random), value(&random))
      guard first.hasKind(of: second), first != .boolean(true), first != .boolean(false) else { fallthrough }
      return .within(
        path, lower: first, upper: second, isHalfOpen: random.chance(50), isNegated: random.chance(40))
    case 6 where field == "meta":
      return .jsonContains(path, json: "1", isNegated: random.chance(50))
    case 7: return .pattern(path, pattern(&random), isNegated: random.chance(40))
    default: return .compare(path, random.pick(comparisons), value(&random))
    }
  }

  private static func path(_ field: String, _ random: inout RandomSource) -> FieldPath {
    guard field == "meta" else { return FieldPath(field) }
    return FieldPath("meta", keys: ["k"], reading: random.chance(50) ? .sameType : .canonicalText)
  }

  private static func pattern(_ random: inout RandomSource) -> TextPattern {
    let texts = ["a%", "ab%", "b%", "%b", "%a%", "a_", "ab", "%", "_b%", ""]
    let bytes = Array(random.pick(texts).utf8).map { byte in
      byte == UInt8(ascii: "%") ? TextPattern.anyRun : byte == UInt8(ascii: "_") ? TextPattern.anyOne : byte
    }
    return TextPattern(bytes: bytes, ignoresCase: random.chance(20))
  }

  private static func operand(_ field: String, _ path: FieldPath, _ random: inout RandomSource) -> Value {
    switch field {
    case "whole", "size": return .integer(Int64(random.within(0...3) - 1))
    case "exact":
      let texts = ["-0.1", "0", "0.1", "0.2", "0.15", "-0.05", "100", "-100"]
      return .decimal(Decimal(random.pick(texts)) ?? Decimal("0")!)
    case "name": return .text(random.pick(["", "a", "aa", "ab", "b", "ba"]))
    case "flag": return .boolean(random.chance(50))
    case "shade": return .enumeration(random.pick(["dark", "light", "plain"]))
    case "day": return .date(CalendarDate(daysSinceEpoch: Int64(19_722 + random.within(0...4))))
    default:
      guard path.reading == .sameType else { return .text(random.pick(["1", "2", "a", "b", "true"])) }
      switch random.below(3) {
      case 0: return .text(random.pick(["1", "a", "b"]))
      case 1: return .boolean(random.chance(50))
      default: return .decimal(Decimal(random.pick(["1", "2", "1.5"])) ?? Decimal("0")!)
      }
    }
  }

  // MARK: Random worlds

  @Test func whatIsCalledEmptySelectsNothingAnywhere() throws {
    var random = RandomSource(seed: 7_041_776)
    var claimed = 0
    for _ in 0..<60 {
      let generated = GeneratedResource(seed: random.next())
      let reference = ReferenceInterpreter(resource: generated.resource, records: generated.records)
      var generator = PredicateGenerator(generated, random: random.fork())
      for _ in 0..<25 {
        guard let first = generator.query(), let second = generator.query(),
          let both = Query(generated.resource, where: .and([first.predicate, second.predicate]))
        else { continue }
        let query = Normalizer.normalise(both)
        guard let emptiness = query.emptiness else { continue }
        claimed += 1
        #expect(!emptiness.contradictions.isEmpty)
        #expect(reference.answer(query).matchCount == 0, "\(query.predicate)")
      }
    }
    print("emptiness: \(claimed) claimed of 1500 random conjunctions")
    #expect(claimed >= 60)
  }

  /// A pass at a time, over the tree, gives what runs.
  @Test func thePassesEndInTheNormalForm() throws {
    var random = RandomSource(seed: 99)
    for _ in 0..<40 {
      let generated = GeneratedResource(seed: random.next())
      var generator = PredicateGenerator(generated, random: random.fork())
      for _ in 0..<40 {
        guard let typed = generator.query() else { continue }
        let passes = PredicatePasses.run(typed.predicate)
        #expect(passes.last?.result == Normalizer.normalise(typed).predicate, "\(typed.predicate)")
      }
    }
  }
}

extension Value {
  /// One type of JSON value.
  fileprivate func hasKind(of other: Value) -> Bool {
    switch (self, other) {
    case (.text, .text), (.decimal, .decimal), (.boolean, .boolean), (.integer, .integer), (.date, .date),
      (.enumeration, .enumeration):
      true
    default: false
    }
  }
}
