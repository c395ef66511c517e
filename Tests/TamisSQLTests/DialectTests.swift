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

  /// A key is the field of the column that is named, not one of that name inside a document.
  @Test func relationsOfTextKeysAreJoinedByteForByte() throws {
    let resource = Resource("r", dialect: .suffix) {
      Field("id", .integer).primaryKey()
      Field("code", .integer).inJSON("doc", "code")
      Field("name", .text).column("code")
      Relation("lines", .many) { Field("amount", .integer) }
        .childTable("lines", foreignKey: "line", parentKey: "code")
      Relation("parts", .many) { Field("amount", .integer) }
        .childTable("parts", foreignKey: "part", parentKey: "id")
    }
    func text(_ relation: String, _ dialect: SQLDialect) throws -> String {
      let query = try #require(
        Query(resource, where: .any(relation: relation, .always, isNegated: false)))
      return try SQLEmitter(resource: resource, dialect: dialect).countStatement(for: query).text
    }
    for (dialect, collation) in [(SQLDialect.mariaDB, "utf8mb4_nopad_bin"), (.mySQL, "utf8mb4_0900_bin")] {
      let lines = try text("lines", dialect)
      let join = "_e.`line` = _r.`code` AND _e.`line` COLLATE \(collation) = _r.`code`"
      #expect(lines.contains(" WHERE \(join) AND (TRUE)"), "\(lines)")
      let parts = try text("parts", dialect)
      #expect(parts.contains(" WHERE _e.`part` = _r.`id` AND (TRUE)"), "\(parts)")
    }
    let lines = try text("lines", .duckDB)
    #expect(lines.contains(#" WHERE _e."line" = _r."code" AND (TRUE)"#), "\(lines)")
  }

  /// A key can not be of the type that other texts have there.
  @Test func pivotTablesHoldKeys() {
    let resource = Resource("a", dialect: .suffix) {
      Field("id", .text).primaryKey()
      Relation("b", .many) { Field("number", .integer) }
        .pivotTable("a_b", foreignKey: "a_id", targetKey: "b_id", table: "b", key: "number", parentKey: "id")
    }
    func created(_ dialect: SQLDialect) -> [String] {
      SQLTable(resource: resource, dialect: dialect).createStatements
    }
    #expect(
      created(.mySQL).contains(
        "CREATE TABLE `a_b` (`a_id` VARCHAR(255) COLLATE utf8mb4_0900_bin, `b_id` BIGINT)"))
    #expect(created(.postgreSQL).contains(#"CREATE TABLE "a_b" ("a_id" text, "b_id" bigint)"#))
  }

  /// A driver need not know the engine's times.
  @Test func sortKeysOfTimesComeBackAsNumbers() throws {
    let resource = Resource(
      "r", dialect: .suffix, paging: .cursor(defaultLimit: 10, maximumLimit: 100)
    ) {
      Field("id", .integer).primaryKey()
      Field("day", .date).sortable()
      Field("at", .timestamp).sortable()
    }
    let sort = try ["day", "at"].map { name in
      SortKey(field: try #require(resource.field(named: name)), direction: .ascending, nulls: .last)
    }
    let query = try #require(Query(resource, sort: sort))
    for (dialect, keys) in [
      (
        SQLDialect.postgreSQL,
        #"("day" - DATE '1970-01-01')::bigint AS _k0, (EXTRACT(EPOCH FROM date_trunc('second', "at"))::bigint "#
          + #"* 1000000 + EXTRACT(MICROSECONDS FROM "at")::bigint % 1000000) AS _k1, "id" AS _k2"#
      ),
      (.sqlite, #""day" AS _k0, "at" AS _k1, "id" AS _k2"#),
      (.duckDB, #"("day" - DATE '1970-01-01') AS _k0, epoch_us("at") AS _k1, "id" AS _k2"#),
    ] {
      let text = try SQLEmitter(resource: resource, dialect: dialect).statement(for: query).text
      #expect(text.contains(", \(keys) FROM "), "\(text)")
    }
  }

  /// Where a key of times is stored as text, chance orders by the time.
  @Test func chanceReadsTimesThatAreText() throws {
    for (type, part, cast) in [
      (FieldType.timestamp, #"strftime('%s', substr("id", 1, 19))"#, #"("id")::timestamptz"#),
      (.date, #"CAST(strftime('%s', "id") AS INTEGER) / 86400"#, #"("id")::date"#),
    ] {
      func text(_ dialect: SQLDialect) throws -> String {
        let resource = Resource("r", dialect: .suffix) {
          Field("id", type).primaryKey().storage(.fixedWidthText, on: dialect.name)
        }
        let query = try #require(Query(resource)).shuffled(RandomOrder(seed: 3, position: 0))
        return try SQLEmitter(resource: resource, dialect: dialect).statement(for: query).text
      }
      #expect(try text(.sqlite).contains(part))
      #expect(try text(.postgreSQL).contains(cast))
      let problem = Problem.notOnEngine(feature: "a random order by the key 'id'", engine: "DuckDB")
      #expect { try text(.duckDB) } throws: {
        ($0 as? QueryError)?.diagnostics.map(\.problem) == [problem]
      }
    }
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
