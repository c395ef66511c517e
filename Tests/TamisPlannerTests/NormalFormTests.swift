import TamisModel
import Testing

@testable import TamisPlanner

/// The rules of the normal form, one by one, on trees as a server may write them.
@Suite("The normal form")
struct NormalFormTests {
  private static let name = FieldPath("name")
  private static let count = FieldPath("count")
  private static let clause = Predicate.compare(count, .equal, .integer(1))
  private static let other = Predicate.compare(count, .less, .integer(9))

  private func normal(_ predicate: Predicate) throws -> Predicate {
    Normalizer.normalise(try #require(Query(Sample.resource, where: predicate))).predicate
  }

  private static func like(_ text: String, ignoresCase: Bool = false, isNegated: Bool = false) -> Predicate {
    .pattern(name, TextPattern(bytes: Array(text.utf8), ignoresCase: ignoresCase), isNegated: isNegated)
  }

  private static func within(
    _ upper: Int64, isHalfOpen: Bool = false, isNegated: Bool = false
  ) -> Predicate {
    .within(count, lower: .integer(1), upper: .integer(upper), isHalfOpen: isHalfOpen, isNegated: isNegated)
  }

  private static func key(_ keys: String..., reading: JSONReading = .sameType) -> Predicate {
    .compare(FieldPath("meta", keys: keys, reading: reading), .equal, .text("a"))
  }

  private static func numbers(_ last: Int64) -> Predicate {
    .member(count, (1...9).map { .integer($0) } + [.integer(last)], isNegated: false)
  }

  private static func parts(_ inner: Predicate, isNegated: Bool = false, atLeast: Int = 1) -> Predicate {
    .any(relation: "parts", inner, isNegated: isNegated, atLeast: atLeast)
  }

  private static let long = String(repeating: "x", count: 64)
  private static let size = FieldPath("size")

  /// Two clauses that differ in one thing.
  private static let different: [(Predicate, Predicate)] = [
    (.compare(count, .less, .integer(5)), .compare(count, .greater, .integer(5))),
    (.compare(count, .less, .integer(5)), .compare(count, .less, .integer(6))),
    (.compare(count, .less, .integer(5)), .compare(FieldPath("id"), .less, .integer(5))),
    (.compareFields(count, .less, FieldPath("id")), .compareFields(count, .less, count)),
    (.isNull(name, isNegated: false), .isNull(name, isNegated: true)),
    (.isNull(name, isNegated: false), .isNull(FieldPath("day"), isNegated: false)),
    (like("a"), like("a", ignoresCase: true)), (like("a"), like("b")),
    (like("a"), like("a", isNegated: true)),
    (within(5), within(5, isHalfOpen: true)), (within(5), within(6)), (within(5), within(5, isNegated: true)),
    (key("a"), key("b")), (key("a"), key("a", "b")), (key("a"), key("a", reading: .canonicalText)),
    (
      .jsonContains(FieldPath("meta"), json: "1", isNegated: false),
      .jsonContains(FieldPath("meta", keys: ["a"], reading: .sameType), json: "1", isNegated: false)
    ),
    (numbers(10), numbers(11)), (numbers(10), .member(count, [.integer(1)], isNegated: false)),
    (.compare(name, .equal, .text(long + "a")), .compare(name, .equal, .text(long + "b"))),
    (parts(.always), parts(.always, atLeast: 2)), (parts(.always), parts(.always, isNegated: true)),
    (
      parts(.compare(size, .less, .integer(1))), parts(.compare(size, .less, .integer(2)))
    ),
    (
      parts(.and([.compare(size, .less, .integer(1)), .compare(size, .greater, .integer(0))])),
      parts(.or([.compare(size, .less, .integer(1)), .compare(size, .greater, .integer(0))]))
    ),
  ]

  @Test("clauses that differ in one thing are both kept")
  func differences() throws {
    for (first, second) in Self.different {
      #expect(try normal(.and([first, second])) == .and([first, second]))
      #expect(try normal(.or([second, first])) == .or([second, first]))
      #expect(try normal(.and([first, first])) == first)
      #expect(try normal(.or([Self.clause, second, second])) == .or([Self.clause, second]))
    }
  }

  /// A few members are compared with each other, many are looked up.
  @Test("a clause stands once, whatever the number of others")
  func manyMembers() throws {
    for count in [6, 7, 8, 9, 10, 40] {
      let others = (0..<count).map { Predicate.compare(Self.name, .equal, .text("\($0)")) }
      for (first, second) in Self.different {
        #expect(try normal(.and(others + [first, second])) == .and(others + [first, second]))
        #expect(try normal(.and(others + [first, second, first])) == .and(others + [first, second]))
        #expect(try normal(.and([second] + others + [first, second])) == .and([second] + others + [first]))
        #expect(try normal(.or([.or(others), first, .or(others + [first])])) == .or(others + [first]))
      }
      for other in others { #expect(try normal(.or(others + [other])) == .or(others)) }
    }
  }

  @Test("a constant decides its group, or goes")
  func constants() throws {
    #expect(try normal(.and([Self.clause, .always])) == Self.clause)
    #expect(try normal(.and([Self.clause, .never])) == .never)
    #expect(try normal(.or([Self.clause, .always])) == .always)
    #expect(try normal(.or([Self.clause, .never])) == Self.clause)
    #expect(try normal(.not(.or([Self.clause, .always]))) == .never)
    #expect(try normal(.not(.and([Self.clause, .never]))) == .always)
    #expect(try normal(.or([.and([Self.clause, .never]), Self.other])) == Self.other)
    #expect(try normal(.and([])) == .always)
    #expect(try normal(.or([])) == .never)
    #expect(try normal(.member(Self.count, [], isNegated: false)) == .never)
    #expect(try normal(.not(.member(Self.count, [], isNegated: false))) == .always)
    #expect(try normal(.and([Self.clause, .member(Self.count, [], isNegated: true)])) == Self.clause)
    #expect(try normal(Self.parts(.never)) == .never)
    #expect(try normal(Self.parts(.never, isNegated: true)) == .always)
    #expect(try normal(.not(Self.parts(.never))) == .always)
  }

  @Test("groups of one kind become one, and a group of one is its member")
  func groups() throws {
    let third = Predicate.isNull(Self.name, isNegated: false)
    #expect(
      try normal(.and([Self.clause, .and([Self.other, third])])) == .and([Self.clause, Self.other, third]))
    #expect(
      try normal(.and([.and([Self.clause, .or([Self.other, third])]), Self.clause]))
        == .and([Self.clause, .or([Self.other, third])]))
    #expect(try normal(.and([Self.clause])) == Self.clause)
    #expect(try normal(.or([.and([Self.clause])])) == Self.clause)
    #expect(try normal(.not(.and([Self.clause, .not(third)]))) == .or([normal(.not(Self.clause)), third]))
    #expect(
      try normal(Self.parts(.and([.compare(Self.size, .less, .integer(1))])))
        == Self.parts(.compare(Self.size, .less, .integer(1))))
  }

  @Test("a negation ends at the leaves, and stops before elements")
  func negations() throws {
    for (comparison, negated) in [
      (Comparison.equal, Comparison.notEqual), (.less, .greaterOrEqual), (.lessOrEqual, .greater),
    ] {
      let clause = Predicate.compare(Self.count, comparison, .integer(1))
      let opposite = Predicate.compare(Self.count, negated, .integer(1))
      #expect(try normal(.not(clause)) == opposite)
      #expect(try normal(.not(opposite)) == clause)
      #expect(try normal(.not(.not(clause))) == clause)
      let fields = Predicate.compareFields(Self.count, comparison, FieldPath("id"))
      #expect(try normal(.not(fields)) == .compareFields(Self.count, negated, FieldPath("id")))
    }
    let inner = Predicate.compare(Self.size, .less, .integer(1))
    #expect(try normal(.not(Self.parts(inner))) == Self.parts(inner, isNegated: true))
    #expect(try normal(.not(Self.parts(.not(inner), isNegated: true))) == Self.parts(notLess))
    #expect(try normal(.not(Self.within(5))) == Self.within(5, isNegated: true))
    #expect(try normal(.not(Self.like("a", isNegated: true))) == Self.like("a"))
  }

  private var notLess: Predicate {
    .compare(Self.size, .greaterOrEqual, .integer(1))
  }

  @Test("what is in normal form already is not written again")
  func nothingToDo() throws {
    func isWritten(_ predicate: Predicate) throws -> Bool {
      Normalizer.normalisedNodes(of: try #require(Query(Sample.resource, where: predicate))) != nil
    }
    let absent = Predicate.isNull(Self.name, isNegated: false)
    for predicate in [.always, .never, absent, Self.clause, .and([absent, Self.clause])] {
      #expect(try !isWritten(predicate), "\(predicate)")
    }
    let empty = Predicate.member(Self.count, [], isNegated: false)
    for predicate in [.not(absent), .and([]), .and([absent]), empty, .and([absent, empty])] {
      #expect(try isWritten(predicate), "\(predicate)")
    }
  }

  @Test("a tree that is deeper than 200 groups, or says what is not there, is no query")
  func depth() {
    func nested(_ depth: Int) -> Predicate {
      (0..<depth).reduce(Self.clause) { inner, _ in .not(inner) }
    }
    #expect(Query(Sample.resource, where: nested(200)) != nil)
    #expect(Query(Sample.resource, where: nested(201)) == nil)
    let inner = (0..<199).reduce(Predicate.compare(Self.size, .less, .integer(1))) { inner, _ in .not(inner) }
    #expect(Query(Sample.resource, where: Self.parts(inner)) != nil)
    #expect(Query(Sample.resource, where: Self.parts(.not(inner))) == nil)
    // What the resource has not is no query, wherever it stands.
    let unknown = Predicate.isNull(FieldPath("nope"), isNegated: false)
    for predicate in [unknown, .and([Self.clause, unknown]), .not(unknown), .or([unknown, Self.clause])] {
      #expect(Query(Sample.resource, where: predicate) == nil)
    }
    // A value of another type says nothing.
    for values: [Value] in [[.text("a")], [.integer(1), .text("a")]] {
      #expect(Query(Sample.resource, where: .member(Self.count, values, isNegated: false)) == nil)
    }
    for count in [-1, 0, 65_536] {
      #expect(Query(Sample.resource, where: Self.parts(.always, atLeast: count)) == nil)
    }
    #expect(Query(Sample.resource, where: Self.parts(.always, atLeast: 65_535)) != nil)
  }
}
