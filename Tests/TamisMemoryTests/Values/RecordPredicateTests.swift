public import TamisMemory
public import TamisModel
import Testing

public import struct Foundation.Date
public import struct Foundation.UUID

extension Foundation.Date: TimestampRepresentable {
  public var timestamp: Timestamp { Timestamp(secondsSince1970: timeIntervalSince1970) }
}

extension Foundation.UUID: UUIDRepresentable {
  public var uuidBytes: UUIDBytes { uuid }
}

/// Filters over values of Swift types, type by type.
@Suite struct RecordPredicateTests {
  struct Widths {
    var id: Int
    var one: Int8
    var two: Int16
    var four: Int32
    var eight: Int64
    var first: UInt8
    var second: UInt16
    var fourth: UInt32
    var none: Int16?
    var wide: UInt64
  }

  private let widths = Resource("widths", dialect: .suffix) {
    Field("id", .integer).primaryKey()
    for name in ["one", "two", "four", "eight", "first", "second", "fourth"] { Field(name, .integer) }
    Field("none", .integer).nullable()
    Field("wide", .bigInteger)
  }

  private var widthShape: RecordShape<Widths> {
    RecordShape<Widths>(widths) {
      Bind("id", \.id)
      Bind("one", \.one)
      Bind("two", \.two)
      Bind("four", \.four)
      Bind("eight", \.eight)
      Bind("first", \.first)
      Bind("second", \.second)
      Bind("fourth", \.fourth)
      Bind("none", \.none)
      Bind("wide", \.wide)
    }
  }

  @Test func integersOfEveryWidth() throws {
    let rows = (0..<3).map { index in
      Widths(
        id: index, one: [-128, 0, 127][index], two: [.min, 0, .max][index], four: [.min, 0, .max][index],
        eight: [.min, 0, .max][index], first: [0, 1, 255][index], second: [0, 1, .max][index],
        fourth: [0, 1, .max][index], none: [nil, 5, -5][index], wide: [0, 1, .max][index])
    }
    #expect(widthShape.faults == [])
    let cases: [(Predicate, [Int])] = [
      (.compare("one", .less, .integer(0)), [0]), (.compare("one", .equal, .integer(127)), [2]),
      (.compare("two", .equal, .integer(-32768)), [0]), (.compare("four", .greater, .integer(0)), [2]),
      (.compare("eight", .equal, .integer(.min)), [0]),
      (.compare("eight", .notEqual, .integer(.max)), [0, 1]),
      (.member("first", [.integer(255), .integer(0)], isNegated: false), [0, 2]),
      (.member("second", [.integer(65535)], isNegated: true), [0, 1]),
      (
        .within(
          "fourth", lower: .integer(1), upper: .integer(4_294_967_295), isHalfOpen: true, isNegated: false),
        [1]
      ),
      (.compare("none", .notEqual, .integer(5)), [2]), (.isNull("none", isNegated: false), [0]),
      (.isNull("none", isNegated: true), [1, 2]), (.isNull("one", isNegated: false), []),
      (.compare("wide", .greater, decimal("18446744073709551614")), [2]),
      (.compareFields("first", .equal, "second"), [0, 1]),
      (.compareFields("wide", .greaterOrEqual, "eight"), [0, 1, 2]),
    ]
    for (predicate, expected) in cases { try check(predicate, widths, rows, widthShape, expected) }
  }

  /// The ends of 64 bits, where operands lie beyond them.
  @Test func wholeNumbersAsDecimals() throws {
    struct Row {
      var id: Int
      var big: Int64
      var whole: Int64?
      var scaled: Int
    }
    let resource = Resource("rows", dialect: .suffix) {
      Field("id", .integer).primaryKey()
      Field("big", .bigInteger)
      Field("whole", .decimal(precision: 30, scale: 0)).nullable()
      Field("scaled", .decimal(precision: 10, scale: 2))
    }
    let shape = RecordShape<Row>(resource) {
      Bind("id", \.id)
      Bind("big", \.big)
      Bind("whole", \.whole)
      Bind("scaled", \.scaled)
    }
    #expect(shape.faults == [])
    let values: [Int64] = [.min, .min + 1, -1, 0, 1, .max - 1, .max]
    let rows = values.enumerated().map { index, value in
      Row(id: index, big: value, whole: index == 3 ? nil : value, scaled: index)
    }
    let cases: [(Predicate, [Int])] = [
      (.compare("big", .equal, decimal("-9223372036854775808")), [0]),
      (.compare("big", .greater, decimal("-9223372036854775808")), [1, 2, 3, 4, 5, 6]),
      (.compare("big", .less, decimal("-9223372036854775809")), []),
      (.compare("big", .greaterOrEqual, decimal("-9223372036854775809")), [0, 1, 2, 3, 4, 5, 6]),
      (.compare("big", .lessOrEqual, decimal("-9223372036854775807")), [0, 1]),
      (.compare("big", .less, decimal("9223372036854775808")), [0, 1, 2, 3, 4, 5, 6]),
      (.compare("big", .notEqual, decimal("9223372036854775807")), [0, 1, 2, 3, 4, 5]),
      (.member("big", [decimal("-9223372036854775808"), decimal("1")], isNegated: false), [0, 4]),
      (.member("big", [decimal("-9223372036854775808"), decimal("1")], isNegated: true), [1, 2, 3, 5, 6]),
      (.compare("whole", .less, decimal("0.5")), [0, 1, 2]),
      (.compare("whole", .notEqual, decimal("1")), [0, 1, 2, 5, 6]),
      (
        .within(
          "whole", lower: decimal("-9223372036854775808"), upper: decimal("1"), isHalfOpen: true,
          isNegated: false), [0, 1, 2]
      ),
      (.compareFields("big", .equal, "whole"), [0, 1, 2, 4, 5, 6]),
      (.compare("scaled", .equal, decimal("3")), [3]), (.compare("scaled", .less, decimal("1.5")), [0, 1]),
    ]
    for (predicate, expected) in cases { try check(predicate, resource, rows, shape, expected) }
  }

  /// Together, one by one, and far more than a batch of them.
  private func check<Row>(
    _ predicate: Predicate, _ resource: Resource, _ rows: [Row], _ shape: RecordShape<Row>, _ expected: [Int]
  ) throws {
    let query = try #require(Query(resource, where: predicate), "\(predicate)")
    let compiled = try RecordPredicate(query, shape)
    #expect(try compiled.indices(in: rows) == expected, "\(predicate)")
    #expect(try rows.indices.filter { try compiled.matches(rows[$0]) } == expected, "\(predicate)")
    let many = Array(repeatElement(rows, count: 1_300).joined())
    let places = (0..<1_300).flatMap { copy in expected.map { $0 + copy * rows.count } }
    #expect(try compiled.indices(in: many) == places, "\(predicate)")
    #expect(try compiled.filter(many).count == places.count)
    #expect(try compiled.count(in: many) == places.count)
  }

  final class Ticket {
    let id: String
    let date: Foundation.Date?
    let key: Foundation.UUID
    let tags: [String: String]
    var price: Double
    init(
      _ id: String, _ date: Foundation.Date?, _ key: Foundation.UUID, _ tags: [String: String],
      _ price: Double
    ) {
      (self.id, self.date, self.key, self.tags, self.price) = (id, date, key, tags, price)
    }
    var cents: Decimal { Decimal(Int(price * 100)) }
  }

  @Test func classesDatesAndComputedProperties() throws {
    let resource = Resource("tickets", dialect: .suffix) {
      Field("id", .text).primaryKey()
      Field("at", .timestamp).nullable()
      Field("key", .uuid)
      Field("tags", .json).openKeys()
      Field("cents", .decimal(precision: 20, scale: 0))
      Field("label", .text)
    }
    let shape = RecordShape<Ticket>(resource) {
      Bind("id", \.id)
      Bind("at", \.date)
      Bind("key", \.key)
      Bind("tags", \.tags)
      Bind("cents", \.cents)
      Bind("label") { rows, index in "\(rows[index].id)-\(rows[index].tags.count)" }
    }
    #expect(shape.faults == [])
    let keys = ["00000000-0000-0000-0000-00000000000A", "6ba7b810-9dad-11d1-80b4-00c04fd430c8"]
      .compactMap { Foundation.UUID(uuidString: $0) }
    let rows = [
      Ticket("a", Date(timeIntervalSince1970: 1.5), keys[0], ["tier": "gold"], 1.5),
      Ticket("b", nil, keys[1], [:], 0.25),
      Ticket("caf\u{E9}", Date(timeIntervalSince1970: -0.000001), keys[1], ["tier": "a", "x": "1"], 100),
    ]
    let tier = FieldPath("tags", keys: ["tier"], reading: .canonicalText)
    let cases: [(Predicate, [Int])] = [
      (.compare("at", .equal, instant(1_500_000)), [0]), (.compare("at", .equal, instant(-1)), [2]),
      (.isNull("at", isNegated: false), [1]), (.compare("at", .notEqual, instant(7)), [0, 2]),
      (.compare("key", .equal, .uuid("00000000-0000-0000-0000-00000000000a")), [0]),
      (.compare(tier, .equal, .text("gold")), [0]), (.isNull(tier, isNegated: false), [1]),
      (.jsonContains("tags", json: #"{"x":"1"}"#, isNegated: false), [2]),
      (.compare("cents", .less, decimal("150")), [1]), (.compare("label", .equal, .text("a-1")), [0]),
      // Text is bytes: the composed letter is not the decomposed one, which Swift takes for the same.
      (.compare("id", .equal, .text("caf\u{E9}")), [2]), (.compare("id", .equal, .text("cafe\u{301}")), []),
      (.member("id", [.text("cafe\u{301}"), .text("b")], isNegated: true), [0, 2]),
    ]
    for (predicate, expected) in cases { try check(predicate, resource, rows, shape, expected) }
  }

  @Test func whatAFieldCannotHoldIsNullAndTold() throws {
    struct Row {
      var id: Int
      var state: String
      var total: String
    }
    let resource = Resource("rows", dialect: .suffix) {
      Field("id", .integer).primaryKey()
      Field("state", .enumeration(Enumeration(["open", "closed"])))
      Field("total", .bigInteger)
    }
    let shape = RecordShape<Row>(resource) {
      Bind("id", \.id)
      Bind("state", \.state)
      Bind("total", \.total)
    }
    let rows = [Row(id: 1, state: "open", total: "12"), Row(id: 2, state: "opened", total: "twelve")]
    #expect(shape.unreadable(in: rows).map(\.field) == ["state", "total"])
    #expect(shape.unreadable(in: rows).map(\.row) == [1, 1])
    try check(.compare("state", .notEqual, .enumeration("closed")), resource, rows, shape, [0])
    try check(.compare("total", .notEqual, decimal("1")), resource, rows, shape, [0])
    try check(.isNull("total", isNegated: true), resource, rows, shape, [0])
  }

  /// Selected rows come in the query's order, cut to the page.
  @Test func pages() throws {
    struct Row: Sendable {
      var id: Int
      var group: String?
    }
    let resource = Resource("rows", dialect: .suffix) {
      Field("id", .integer).primaryKey()
      Field("group", .text).nullable().sortable()
    }
    let shape = RecordShape<Row>(resource) {
      Bind("id", \.id)
      Bind("group", \.group)
    }
    let rows = (0..<5_000).map { Row(id: ($0 * 7_919) % 5_000, group: $0 % 10 == 0 ? nil : "g\($0 % 3)") }
    let group = try #require(resource.field(named: "group"))
    let expected = rows.sorted {
      ($0.group ?? "z", -$0.id) < ($1.group ?? "z", -$1.id)
    }.map(\.id)
    let sort = [
      SortKey(field: group, direction: .ascending, nulls: .last),
      SortKey(field: resource.primaryKey[0], direction: .descending, nulls: .first),
    ]
    for (limit, offset) in [(10, 0), (10, 10), (3_000, 0), (5_000, 0), (100, 4_950), (5, 5_000), (7, 9_999)] {
      let query = try #require(Query(resource, sort: sort, page: Page(limit: limit, offset: offset)))
      let page = try RecordPage.select(query, from: rows, shape)
      #expect(page.records.map(\.id) == Array(expected.dropFirst(offset).prefix(limit)))
      #expect(page.indices.map { rows[$0].id } == page.records.map(\.id))
      #expect(page.hasMore == (offset + limit < 5_000))
    }
    let whole = try #require(Query(resource, sort: sort))
    #expect(try RecordOrdering(whole, shape).sorted(rows).map(\.id) == expected)
    #expect(try RecordPage.select(whole, from: [], shape).records.isEmpty)
  }
}
