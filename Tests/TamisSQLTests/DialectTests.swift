import TamisModel
import TamisSQL
import Testing

/// What each engine spells in its own way.
@Suite struct DialectTests {
  private let resource = Resource("balances", table: "led`ger.bal ances", dialect: .suffix) {
    Field("id", .text).primaryKey()
    Field("currency", .text).nullable().sortable()
    Field("label", .text).byteCollated()
    Field("total", .decimal(precision: 8, scale: 2)).column("ba\\lance").nullable()
    Field("at", .timestamp).nullable().sortable()
    Field("meta", .json).nullable().openKeys(levels: 2)
    Field("tier", .text).inJSON("doc", "it's", "a\\b").nullable()
    Relation("lines", .many) { Field("amount", .integer).nullable() }
      .childTable("lines", foreignKey: "balance", parentKey: "id")
  }

  private func statement(_ predicate: Predicate, _ dialect: SQLDialect) throws -> (text: String, [SQLBinding])
  {
    let query = try #require(Query(resource, where: predicate))
    let statement = try SQLEmitter(resource: resource, dialect: dialect).countStatement(for: query)
    let start = try #require(statement.text.firstRange(of: " WHERE "))
    return (String(statement.text[start.upperBound...]), statement.bindings)
  }

  private func check(
    _ predicate: Predicate, _ mariaDB: String, _ duckDB: String, _ clickHouse: String,
    _ location: SourceLocation = #_sourceLocation
  ) throws {
    #expect(try statement(predicate, .mariaDB).text == mariaDB, sourceLocation: location)
    #expect(try statement(predicate, .duckDB).text == duckDB, sourceLocation: location)
    #expect(try statement(predicate, .clickHouse).text == clickHouse, sourceLocation: location)
  }

  @Test func textsAreEqualByteForByte() throws {
    let currency = FieldPath("currency")
    let binary = "`currency` COLLATE utf8mb4_nopad_bin"
    try check(
      .compare(currency, .equal, .text("a")), "(`currency` = ? AND \(binary) = ?)", #""currency" = $1"#,
      #""currency" = {p1:String}"#)
    try check(
      .compare(currency, .notEqual, .text("a")), "\(binary) <> ?", #""currency" <> $1"#,
      #""currency" <> {p1:String}"#)
    try check(
      .compare(FieldPath("label"), .equal, .text("a")), "`label` = ?", #""label" = $1"#,
      #""label" = {p1:String}"#)
    try check(
      .member(currency, [.text("a"), .text("b")], isNegated: false),
      "(`currency` IN (?, ?) AND \(binary) IN (?, ?))", #""currency" IN ($1, $2)"#,
      #""currency" IN ({p1:String}, {p2:String})"#)
    try check(
      .member(currency, [.text("a"), .text("b")], isNegated: true), "\(binary) NOT IN (?, ?)",
      #""currency" NOT IN ($1, $2)"#, #""currency" NOT IN ({p1:String}, {p2:String})"#)
    try check(
      .compare(currency, .less, .text("a")), "\(binary) < ?", #""currency" < $1"#,
      #""currency" < {p1:String}"#)
  }

  @Test func aBindingThatIsUsedAgainIsBoundAgain() throws {
    let found = try statement(
      .and([
        .compare(FieldPath("currency"), .equal, .text("a")), .compare(FieldPath("label"), .equal, .text("b")),
        .member(FieldPath("currency"), [.text("c"), .text("d")], isNegated: false),
      ]), .mariaDB)
    #expect(found.1 == ["a", "a", "b", "c", "d", "c", "d"].map { .text($0) })
  }

  @Test func valuesAreConverted() throws {
    try check(
      .compare(FieldPath("total"), .less, .decimal(try #require(Decimal("1.005")))),
      "`ba\\lance` < CAST(? AS DECIMAL(9, 2))", #""ba\lance" < $1::DECIMAL(9, 2)"#,
      #""ba\\lance" < toDecimal256({p1:String}, 2)"#)
    let found = try statement(
      .compare(FieldPath("total"), .less, .decimal(try #require(Decimal("1.005")))), .mariaDB)
    #expect(found.1 == [.decimal("1.01")])
    try check(
      .compare(FieldPath("at"), .equal, .timestamp(Timestamp(microseconds: 5))), "`at` = ?",
      #""at" = make_timestamptz($1::BIGINT)"#, #""at" = fromUnixTimestamp64Micro({p1:Int64}, 'UTC')"#)
  }

  @Test func namesAreQuotedWhateverTheyHold() throws {
    for (dialect, source) in [
      (SQLDialect.mariaDB, "`led``ger`.`bal ances`"), (.duckDB, #""led`ger"."bal ances""#),
      (.clickHouse, #""led`ger"."bal ances""#),
    ] {
      let query = try #require(Query(resource, where: .isNull(FieldPath("at"), isNegated: false)))
      let text = try SQLEmitter(resource: resource, dialect: dialect).countStatement(for: query).text
      #expect(text.hasPrefix("SELECT count(*) FROM \(source) WHERE "))
    }
    // The path holds two backslashes, for the quoted step's own escape.
    let tier = Predicate.isNull(FieldPath("tier"), isNegated: false)
    #expect(
      try statement(tier, .mariaDB).text.contains("CONVERT(X'242E2269742773222E22615C5C6222' USING utf8mb4)"))
    #expect(try statement(tier, .duckDB).text.contains(#"'$."it''s"."a\\b"'"#))
    #expect(try statement(tier, .clickHouse).text.contains(#"'it''s', 'a\\b'"#))
  }

  @Test func nullStandsWhereItIsAskedTo() throws {
    let field = try #require(resource.field(named: "currency"))
    func order(_ direction: SortKey.Direction, _ nulls: SortKey.NullPlacement, _ dialect: SQLDialect) throws
      -> String
    {
      let key = SortKey(field: field, direction: direction, nulls: nulls)
      let query = try #require(Query(resource, sort: [key]))
      let text = try SQLEmitter(resource: resource, dialect: dialect).statement(for: query).text
      let start = try #require(text.firstRange(of: " ORDER BY ")).upperBound
      let keys = text[start...].ranges(of: ", ").last?.lowerBound
      return String(text[start..<(try #require(keys))])
    }
    let binary = "`currency` COLLATE utf8mb4_nopad_bin"
    #expect(try order(.ascending, .first, .mariaDB) == binary)
    #expect(try order(.ascending, .last, .mariaDB) == "`currency` IS NULL, \(binary)")
    #expect(try order(.descending, .first, .mariaDB) == "`currency` IS NOT NULL, \(binary) DESC")
    #expect(try order(.ascending, .last, .duckDB) == #""currency""#)
    #expect(try order(.descending, .last, .duckDB) == #""currency" DESC"#)
    #expect(try order(.descending, .first, .duckDB) == #""currency" DESC NULLS FIRST"#)
  }

  @Test func decimalsAreRoundedAsTheirComparisonNeeds() {
    for (text, down, up, exact) in [
      ("1.5", "1.50", "1.50", "1.50"), ("-1.5", "-1.50", "-1.50", "-1.50"), ("0", "0.00", "0.00", "0.00"),
      ("1.255", "1.25", "1.26", "10000.00"), ("-1.255", "-1.26", "-1.25", "10000.00"),
      ("0.001", "0.00", "0.01", "10000.00"), ("-0.001", "-0.01", "0.00", "10000.00"),
      ("9999.99", "9999.99", "9999.99", "9999.99"), ("9999.999", "9999.99", "10000.00", "10000.00"),
      ("10000", "10000.00", "10000.00", "10000.00"), ("-10000.5", "-10000.00", "-10000.00", "-10000.00"),
      ("123456789012345678901234567890.001", "10000.00", "10000.00", "10000.00"),
    ] {
      func literal(_ rounding: ScaledInteger.Rounding) -> String {
        FixedDecimal.literal(Array(text.utf8)[...], precision: 6, scale: 2, rounding: rounding)
      }
      #expect(literal(.down) == down, "\(text)")
      #expect(literal(.up) == up, "\(text)")
      #expect(literal(.exact) == exact, "\(text)")
    }
    func holds(_ text: String) -> Bool { FixedDecimal.holds(Array(text.utf8)[...], precision: 6, scale: 2) }
    #expect(holds("9999.99") && holds("-9999.99") && holds("0.5") && !holds("10000") && !holds("0.125"))
  }

  @Test func keysThatAnEngineCanNotSpellAreRefused() throws {
    func problem(_ keys: [String], _ dialect: SQLDialect) throws -> Problem? {
      let path = FieldPath("meta", keys: keys, reading: .canonicalText)
      // Trino compares no text that may be a number.
      let predicate: Predicate =
        dialect == .trino ? .isNull(path, isNegated: false) : .compare(path, .equal, .text("a"))
      return try Refusals.problem(resource, predicate, dialect)
    }
    let feature = "a JSON key that its paths can not spell"
    #expect(try problem(["-a"], .mariaDB) == .notOnEngine(feature: feature, engine: "MariaDB"))
    #expect(try problem(["a-", "", "a\"b\\"], .mariaDB) == nil)
    #expect(try problem(["*", "0"], .duckDB) == .notOnEngine(feature: feature, engine: "DuckDB"))
    #expect(try problem(["*", "a"], .duckDB) == nil)
    #expect(try problem(["*", "-0"], .clickHouse) == nil)
    // A step of digits would be a place in an array.
    for key in ["0", "-1", "+9", "", "\u{1F}"] {
      #expect(try problem(["a", key], .trino) == .notOnEngine(feature: feature, engine: "Trino"), "\(key)")
    }
    for key in [":", "/", "0a", "a-1", " "] { #expect(try problem(["a", key], .trino) == nil, "\(key)") }
    // A step has either quotes.
    #expect(try problem(["a'", "b\""], .spark) == nil)
    #expect(try problem(["a'\""], .spark) == .notOnEngine(feature: feature, engine: "Spark SQL"))
  }
}
