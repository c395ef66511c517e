import TamisMemory
import TamisModel
import Testing

@Suite struct RecordSelectionTests {
  /// Values of a field in ascending order.
  private let ascending: [(String, [String])] = [
    (
      "name",
      [
        #""""#, #""A""#, #""AB""#, #""a ""#, #""abcdefgh""#, #""abcdefgha""#, #""abcdefghb""#, #""é""#,
        #""😀""#,
      ]
    ),
    ("count", ["-9223372036854775808", "-1", "0", "9223372036854775807"]),
    (
      "total",
      ["-99999999999999999999999", "-5", "0", "5", "99999999999999999999", "99999999999999999999999"]
    ),
    ("price", ["-1.55", "-1.5", "0.01", "2", "10", "123456789012345678901.5"]),
    ("active", ["false", "true"]),
    ("key", [#""0000000a-0000-0000-0000-000000000000""#, #""0000000B-0000-0000-0000-000000000000""#]),
    ("day", [#""0001-01-01""#, #""1969-12-31""#, #""9999-12-31""#]),
    ("at", [#""1969-12-31T23:59:59.999999Z""#, #""1970-01-01T00:00:00Z""#]),
    // By what is stored: 4, then 9.
    ("state", [#""done""#, #""ready""#]),
  ]

  @Test func everyTypeBothWays() throws {
    var generator = SeededGenerator(state: 3)
    for (name, values) in ascending {
      let field = try #require(samples.field(named: name))
      for (direction, nulls) in [
        (SortKey.Direction.ascending, SortKey.NullPlacement.last), (.ascending, .first),
        (.descending, .first), (.descending, .last),
      ] {
        let key = SortKey(field: field, direction: direction, nulls: nulls)
        let id = SortKey(field: samples.primaryKey[0], direction: .ascending, nulls: .last)
        let query = try #require(Query(samples, sort: [key, id], page: Page(limit: 100, offset: 0)))
        // Each value twice, so that the primary key decides, and null twice.
        var lines: [(place: Int, json: String)] = []
        for copy in 0..<2 {
          for (place, value) in values.enumerated() {
            lines.append((place * 2 + copy, #"{"id":"\#(copy)","\#(name)":\#(value)}"#))
          }
          lines.append((1_000 + copy, #"{"id":"\#(copy)"}"#))
        }
        let sign = direction == .ascending ? 1 : -1
        let nullPlace = nulls == .first ? -1_000_000 : 1_000_000
        func rank(_ place: Int) -> Int {
          place >= 1_000 ? nullPlace + place % 2 : place / 2 * 2 * sign + place % 2
        }
        let expected = lines.sorted { rank($0.place) < rank($1.place) }.map(\.json)
        let shuffled = lines.map(\.json).shuffled(using: &generator)
        let set = try sampleReader.readAll(Array(shuffled.joined(separator: "\n").utf8))
        let selected = try RecordSelection.select(query, from: set)
        #expect(selected.indices.map { set[$0].json } == expected, "\(name)")
        let apart = try shuffled.map { try sampleReader.read($0) }
        #expect(try RecordSelection.select(query, from: apart) == selected)
      }
    }
  }

  @Test(arguments: [
    (3, 0, [0, 1, 2], true), (3, 8, [8, 9], false), (2, 8, [8, 9], false), (3, 10, [], false),
    (3, 11, [], false),
    (Int.max, 0, Array(0..<10), false), (Int.max, Int.max, [], false), (1, Int.max, [], false),
    (Int.max, 9, [9], false),
    (0, 0, [], true), (-1, -1, [], true), (10, 0, Array(0..<10), false), (9, 0, Array(0..<9), true),
    (Int.min, Int.min, [], true),
  ])
  func pages(_ limit: Int, _ offset: Int, _ expected: [Int], _ hasMore: Bool) throws {
    let lines = (0..<10).map { #"{"id":"\#($0)"}"# }.joined(separator: "\n")
    let set = try sampleReader.readAll(Array(lines.utf8))
    let query = try #require(Query(samples, page: Page(limit: limit, offset: offset)))
    let selected = try RecordSelection.select(query, from: set)
    #expect(selected.indices == expected)
    #expect(selected.hasMore == hasMore)
  }

  @Test func thePagesAddUpToTheWhole() throws {
    var generator = SeededGenerator(state: 4)
    let lines = (0..<200).shuffled(using: &generator).map { #"{"id":"\#($0)","count":\#($0 % 5)}"# }
    let set = try sampleReader.readAll(Array(lines.joined(separator: "\n").utf8))
    let count = try #require(samples.field(named: "count"))
    let sort = [SortKey(field: count, direction: .descending, nulls: .last)]
    let filter = Predicate.compare("count", .greater, .integer(1))
    func page(_ page: Page) throws -> RecordSelection {
      try RecordSelection.select(
        try #require(Query(samples, where: filter, sort: sort, page: page)), from: set)
    }
    let whole = try page(Page(limit: 1_000, offset: 0))
    #expect(whole.indices.count == 120)
    var pieces: [Int] = []
    for offset in stride(from: 0, to: 126, by: 7) {
      let piece = try page(Page(limit: 7, offset: offset))
      #expect(piece.hasMore == (offset + 7 < 120))
      pieces += piece.indices
    }
    #expect(pieces == whole.indices)
  }

  /// A record has many elements or none, so that their values order nothing.
  @Test func elementsDoNotOrderRecords() throws {
    let amount = try #require(samples.field(named: "amount", inRelation: 0))
    let key = SortKey(field: amount, direction: .ascending, nulls: .last)
    let query = try #require(Query(samples, sort: [key]))
    let lines = #"{"id":"a","items":[{"amount":2}]}"# + "\n" + #"{"id":"b","items":[{"amount":1}]}"#
    let set = try sampleReader.readAll(Array(lines.utf8))
    #expect(RecordSetOrdering(query).sorted([1, 0], of: set) == [0, 1])
  }

  /// Over many records the filter alone is looked at first.
  @Test func manyRecordsAreSelected() throws {
    let count = 4_096
    let lines = (0..<count).map { #"{"id":"\#($0)","count":\#($0)}"# }.joined(separator: "\n")
    let set = try sampleReader.readAll(Array(lines.utf8))
    let records = set.indices.map { set[$0] }
    func selected(_ filter: Predicate) throws -> Set<Int> {
      let query = try #require(Query(samples, where: filter, page: Page(limit: count, offset: 0)))
      let indices = try RecordSelection.select(query, from: set).indices
      #expect(try RecordSelection.select(query, from: records).indices == indices)
      return Set(indices)
    }
    let large = Predicate.compare("count", .greaterOrEqual, .integer(4_000))
    #expect(try selected(large) == Set(4_000..<count))
    #expect(try selected(.and([large, .compare("count", .less, .integer(4_000))])) == [])
  }

  @Test func aRandomOrderIsThatOfItsPages() throws {
    let lines = (0..<30).map { #"{"id":"\#($0)"}"# }
    let set = try sampleReader.readAll(Array(lines.joined(separator: "\n").utf8))
    let query = try #require(Query(samples, page: Page(limit: 100, offset: 0)))
      .shuffled(RandomOrder(seed: 3, position: 0))
    let pages = try RecordSelection.select(query, from: set).indices
    #expect(pages != Array(0..<30))
    #expect(RecordSetOrdering(query).sorted(Array(0..<30), of: set) == pages)
  }

  /// A place beside a record parts the order in two, for records of one set and for records by themselves.
  @Test func placesPartTheOrder() throws {
    let lines = (0..<12).map { #"{"id":"\#($0 % 2)\#($0)"\#($0 < 9 ? ",\"count\":\($0 % 3)" : "")}"# }
    let set = try sampleReader.readAll(Array(lines.joined(separator: "\n").utf8))
    let apart = try lines.map { try sampleReader.read($0) }
    let count = try #require(samples.field(named: "count"))
    for (direction, nulls) in [
      (SortKey.Direction.ascending, SortKey.NullPlacement.first), (.descending, .last),
    ] {
      let sort = [SortKey(field: count, direction: direction, nulls: nulls)]
      let query = try #require(Query(samples, sort: sort, page: Page(limit: 100, offset: 0)))
      let whole = try RecordSelection.select(query, from: set).indices
      #expect(whole.count == 12)
      let ordering = RecordSetOrdering(query)
      for (earlier, later) in zip(whole, whole.dropFirst()) {
        #expect(ordering.compare(apart[earlier], apart[later]) < 0)
        #expect(ordering.compare(apart[later], apart[earlier]) > 0)
        #expect(ordering.compare(apart[later], set[later]) == 0)
      }
      for (place, index) in whole.enumerated() {
        let values = query.sort.map { set[index].value(of: $0.field) }
        for (side, expected) in [
          (KeysetBoundary.Side.after, whole[(place + 1)...]), (.before, whole[..<place]),
        ] {
          let beside = try #require(query.beside(KeysetBoundary(values: values, side: side)))
          #expect(try RecordSelection.select(beside, from: set).indices == Array(expected))
          #expect(try RecordSelection.select(beside, from: apart).indices == Array(expected))
        }
      }
    }
  }

  /// The same where chance orders: it has a direction only when a page is read backwards.
  @Test func placesPartARandomOrder() throws {
    let lines = (0..<12).map { #"{"id":"\#($0)"}"# }
    let set = try sampleReader.readAll(Array(lines.joined(separator: "\n").utf8))
    let query = try #require(Query(samples, page: Page(limit: 4, offset: 0)))
      .shuffled(RandomOrder(seed: 3, position: 0))
    let whole = RecordSetOrdering(query).sorted(Array(0..<12), of: set)
    for (place, index) in whole.enumerated() {
      let values = query.sort.map { set[index].value(of: $0.field) }
      for (side, expected) in [
        (KeysetBoundary.Side.after, whole[(place + 1)...].prefix(4)), (.before, whole[..<place].suffix(4)),
      ] {
        let beside = try #require(query.beside(KeysetBoundary(values: values, side: side)))
        #expect(try RecordSelection.select(beside, from: set).indices == Array(expected))
      }
    }
  }
}
