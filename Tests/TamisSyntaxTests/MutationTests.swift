import TamisModel
import TamisSyntax
import TamisTesting
import Testing

/// Requests to start from.
enum Seeds {
  static let all: [(QueryDialect, String)] = [
    (
      .jsonAPI,
      "filter[usage][gte]=5&filter[balance][type][]=A&sort=-date,id&page[size]=10&fields[b]=id&include=a.b"
    ),
    (.jsonAPIKeys, "filter[usage-gte-or]=5,%2C&filter%5Ba%5D=caf%C3%A9&page[number]=2&sort[b]=x"),
    (.suffix, "currency_eq=USD&created_at_between=2024-01-01|2024-12-31&logical_operator=or&limit=5&sort=-a"),
    (.bracket, "type[]=A&amount[between]=1..9&type[]=B&order[a]=asc&exists[b]=true&page=2&cursor=x"),
    (.mixed, "filter[a][gt]=1&b_in=%31,2&c[lt]=3&c=4&limit=2&page=3&order[a]=desc&x[]=1&x[]=2"),
    (
      .body,
      #"{"filters":[{"field":"a","operator":"in","values":[1,"\ud83d\ude00",{"x":[null]}]},{"or":[{"not":{"any":"s","where":{"field":"b","operator":"eq","value":-1.5e3}}}]}],"sort":["-a"],"limit":5,"x":true}"#
    ),
  ]
}

/// Anything may be sent. Whatever it is: no trap, and a parsed query that holds together.
@Suite("Mutated requests")
struct MutationTests {
  private static let pool = Array("&=[]%+,|.;{}\":\\-_0a5BbDd\0".utf8) + [0x80, 0xC3, 0xE2, 0xF0, 0xFF]

  @Test("random changes of bytes never break what holds for all")
  func mutations() {
    var random = SplitMix(state: 0x7461_6D69_73)
    var refused = 0
    for round in 0..<4_000 {
      let (dialect, text) = Seeds.all[round % Seeds.all.count]
      var bytes = Array(text.utf8)
      for _ in 0..<1 + random.next(6) { Self.mutate(&bytes, &random) }
      let other = random.next(8) == 0 ? QueryDialect.allCases[random.next(6)] : dialect
      var query = Parser.parse(bytes, as: other, limits: QueryLimits())
      if !query.diagnostics.isEmpty { refused += 1 }
      Self.splitAll(&query, &random)
      let faults = ParsedInvariants.faults(query, sourceCount: bytes.count)
      #expect(faults == [], "\(other.rawValue) \(bytes)")
    }
    // Both ends of the table are reached.
    #expect(refused > 400 && refused < 3_900)
  }

  @Test("a cut anywhere, too")
  func cuts() {
    for (dialect, text) in Seeds.all {
      let bytes = Array(text.utf8)
      for end in 0...bytes.count {
        let query = Parser.parse(Array(bytes[..<end]), as: dialect, limits: QueryLimits())
        #expect(ParsedInvariants.faults(query, sourceCount: end) == [])
        if dialect == .body, end < bytes.count { #expect(!query.diagnostics.isEmpty) }
      }
    }
  }

  @Test("every pair of a query string is read or reported")
  func nothingIsDropped() {
    var random = SplitMix(state: 99)
    for round in 0..<2_000 {
      let (dialect, text) = Seeds.all[round % 5]
      var bytes = Array(text.utf8)
      for _ in 0..<1 + random.next(3) { Self.mutate(&bytes, &random) }
      let query = Parser.parse(bytes, as: dialect, limits: QueryLimits())
      guard query.diagnostics.isEmpty else { continue }
      let pairs = bytes.split(separator: UInt8(ascii: "&")).count
      let lists = query.filter.map(\.value).filter { $0.kind == .list }
      let read =
        query.filter.count + lists.reduce(0) { $0 + Int($1.itemCount) - 1 } + query.page.count
        + query.parameters.count + Self.nameLists(bytes, dialect, query)
      #expect(read == pairs, "\(String(decoding: bytes, as: UTF8.self))")
    }
  }

  /// Pairs that end as something else than a criterion, a page setting or a parameter.
  private static func nameLists(_ bytes: [UInt8], _ dialect: QueryDialect, _ query: ParsedQuery) -> Int {
    let orders = dialect == .jsonAPI || dialect == .jsonAPIKeys || dialect == .suffix ? 0 : query.sort.count
    let sorted = orders == 0 && !query.sort.isEmpty ? 1 : orders
    return sorted + (query.topConnective == nil ? 0 : 1) + (query.selection.isEmpty ? 0 : 1)
      + (query.include.isEmpty ? 0 : 1)
  }

  private static func splitAll(_ query: inout ParsedQuery, _ random: inout SplitMix) {
    for index in query.filter.indices where query.filter[index].value.kind == .urlText {
      let separators: [ListSeparator] = [.comma, .bar, .dots]
      query.filter[index].value = query.split(query.filter[index].value, at: separators[random.next(3)])
    }
  }

  private static func mutate(_ bytes: inout [UInt8], _ random: inout SplitMix) {
    let place = random.next(bytes.count + 1)
    switch random.next(5) {
    case 0: bytes.insert(pool[random.next(pool.count)], at: place)
    case 1 where place < bytes.count: bytes.remove(at: place)
    case 2 where place < bytes.count: bytes[place] = UInt8(truncatingIfNeeded: random.next(256))
    case 3 where place < bytes.count: bytes[place] = pool[random.next(pool.count)]
    default:
      let end = Swift.min(bytes.count, place + random.next(12))
      bytes.insert(contentsOf: Array(bytes[place..<end]), at: random.next(bytes.count + 1))
    }
  }
}

/// A small generator, so that a failure comes back.
struct SplitMix {
  var state: UInt64

  mutating func next(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
  }
}
