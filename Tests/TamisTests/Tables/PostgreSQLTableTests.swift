import Tamis
import TamisEngines
import TamisResources
import Testing

/// Tables of PostgreSQL as resources, and requests to them over those very tables.
@Suite(.enabled(if: PostgreSQLConnection.isAvailable))
struct PostgreSQLTableTests {
  private final class Store: LoadedEngine {
    let connection: PostgreSQLConnection
    var emitter = SQLEmitter(resource: SQLSamples.resource(), dialect: .postgreSQL)

    init(_ sql: String) throws {
      connection = try PostgreSQLConnection(PostgreSQLConnection.connectionString ?? "")
      try connection.execute(
        "SET TimeZone = 'America/New_York'; SET DateStyle = 'SQL, DMY'; SET search_path = pg_temp")
      try connection.execute(sql)
    }

    func rows(_ statement: SQLStatement) throws -> [[String?]] {
      try connection.rows(
        PostgreSQLConnection.SQLText(
          text: statement.text, parameters: statement.bindings.map(\.postgreSQLText)))
    }

    /// The rows as JSON, one a line.
    func json(_ table: String) throws -> [UInt8] {
      let rows = try connection.rows(
        PostgreSQLConnection.SQLText(text: "SELECT row_to_json(t)::text FROM \(table) AS t", parameters: []))
      return Array(rows.compactMap { $0.first ?? nil }.joined(separator: "\n").utf8)
    }
  }

  private static let tables = """
    CREATE TYPE pg_temp.level AS ENUM ('low', 'mid "1"', 'high');
    CREATE DOMAIN pg_temp.cents AS numeric(8, 2) NOT NULL CHECK (VALUE > -1000);
    CREATE DOMAIN pg_temp.inner_cents AS pg_temp.cents;
    CREATE COLLATION pg_temp.folding (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
    CREATE TABLE account (id int PRIMARY KEY, name text, picture bytea);
    CREATE TABLE "Things" (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      small smallint NOT NULL,
      plain integer,
      price numeric(10, 2),
      cents pg_temp.inner_cents,
      wide numeric,
      round numeric(5, -2),
      thin numeric(2, 5),
      ratio double precision,
      name text,
      code varchar(20) COLLATE "C",
      folded text COLLATE pg_temp.folding,
      padded char(4),
      is_open boolean,
      token uuid,
      day date,
      at timestamptz(3),
      local_at timestamp,
      clock time,
      level pg_temp.level,
      meta jsonb,
      old json,
      bytes bytea,
      tags text[],
      span interval,
      doubled integer GENERATED ALWAYS AS (plain * 2) STORED,
      "page" int,
      account_id int REFERENCES account
    );
    COMMENT ON COLUMN "Things".price IS 'without tax';
    CREATE TABLE line (thing bigint NOT NULL REFERENCES "Things", amount numeric(6, 1), note text);
    INSERT INTO account VALUES (1, 'ann', NULL), (2, 'Bob', '\\x00');
    INSERT INTO "Things" (small, plain, price, cents, wide, round, thin, ratio, name, code, folded, padded, is_open,
      token, day, at, local_at, clock, level, meta, old, bytes, tags, span, "page", account_id) VALUES
      (1, 5, 1.50, 3, 1e30, 1200, 0.00012, 0.5, 'Alpha', 'b', 'x', 'ab', true,
       '2f1e4fc0-81fd-41da-9156-00036aff0ed1', '2024-01-15', '2024-01-15T10:30:45.123Z', '2024-01-15 10:30:45.123456',
       '10:30', 'low', '{"tier":"gold"}', '{}', '\\x01', '{a}', '1 day', 3, 1),
      (-2, -5, -1.5, -3.25, 0.000001, -100, 0.00099, 1, 'alpha', 'B', 'X', '', false,
       'af1e4fc0-81fd-41da-9156-00036aff0ed1', '2024-02-15', '2024-01-15T10:30:45.124Z', '2024-01-15 10:30:45.123457',
       NULL, 'high', '{"tier":1}', NULL, NULL, NULL, NULL, 4, 2),
      (3, NULL, NULL, 0, NULL, NULL, NULL, NULL, 'al_', 'é', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
       'mid "1"', NULL, NULL, NULL, NULL, NULL, NULL, NULL),
      (4, 7, 99999999.99, 999999.99, -1, 0, 0, 2, '', '', 'y', 'y', true, NULL, '2023-12-31', '1901-01-01T00:00:00Z',
       '9999-12-31 23:59:59', NULL, NULL, '[1]', NULL, NULL, NULL, NULL, 3, 1);
    INSERT INTO line VALUES (1, 1.5, 'one'), (1, 2, NULL), (4, 2, 'two'), (2, -5, 'ä');
    """

  private func read(
    _ store: Store, _ table: String, _ options: ImportOptions = ImportOptions()
  ) throws -> ImportedResource {
    let table = PostgreSQLTableImport(table: table)
    return try table.resource(from: try table.statements.map { try store.rows($0) }, options: options)
  }

  @Test func everyType() throws {
    let store = try Store(Self.tables)
    let imported = try read(store, "Things")
    let types = Dictionary(uniqueKeysWithValues: imported.resource.fields.map { ($0.name, $0.type) })
    #expect(
      types == [
        "id": .integer, "small": .integer, "plain": .integer, "price": .decimal(precision: 10, scale: 2),
        "cents": .decimal(precision: 8, scale: 2), "wide": .decimal(precision: 1000, scale: 500),
        "round": .bigInteger, "thin": .decimal(precision: 5, scale: 5), "name": .text, "code": .text,
        "folded": .text, "padded": .text, "is_open": .boolean, "token": .uuid, "day": .date, "at": .timestamp,
        "local_at": .timestamp, "level": .enumeration(Enumeration(["low", "mid \"1\"", "high"])),
        "meta": .json,
        "old": .json, "doubled": .integer, "page_": .integer, "account_id": .integer,
      ])
    #expect(imported.resource.fields.filter { !$0.isNullable }.map(\.name) == ["id", "small", "cents"])
    #expect(imported.resource.fields.filter(\.hasByteCollation).map(\.name) == ["code"])
    #expect(imported.resource.relations.map(\.name) == ["account", "line"])
    #expect(
      imported.notes.map(\.subject) == [
        "price", "cents", "wide", "ratio", "folded", "padded", "local_at", "clock", "old", "bytes", "tags",
        "span",
        "page", "account.picture",
      ])
    #expect(imported.notes.first?.text == "comment: without tax")
  }

  /// Every field with every operator gives the records that memory gives, over the rows of the table itself.
  @Test func requestsOverTheTable() throws {
    let store = try Store(Self.tables)
    let resource = try read(store, "Things").resource
    store.emitter = SQLEmitter(resource: resource, dialect: .postgreSQL)
    let reader = try RecordReader(
      resource: resource, related: ["account": try store.json("account"), "line": try store.json("line")])
    let records = try reader.readAll(try store.json("\"Things\""))
    #expect(records.count == 4)
    let tally = try TableSweep(resource, records, store).run()
    #expect(tally.asked > 700)
    #expect(tally.decisive > 500)
  }

  @Test func keysAndNames() throws {
    let store = try Store(
      """
      CREATE TABLE plain (name text);
      CREATE TABLE coded (code text NOT NULL UNIQUE, other text UNIQUE, name text);
      CREATE UNIQUE INDEX ON coded (lower(name));
      CREATE VIEW seen AS SELECT name FROM plain;
      CREATE TABLE two (a int, b int, PRIMARY KEY (b, a));
      CREATE TABLE user_of_two (id int PRIMARY KEY, a int, b int, FOREIGN KEY (a, b) REFERENCES two (a, b));
      """)
    #expect(try read(store, "coded").resource.fields.filter(\.isPrimaryKey).map(\.name) == ["code"])
    #expect(try read(store, "two").resource.fields.filter(\.isPrimaryKey).map(\.name) == ["a", "b"])
    #expect(
      try read(store, "user_of_two").notes.map(\.text) == ["left out: a foreign key of several columns"])
    let error = #expect(throws: QueryError.self) { try read(store, "plain") }
    #expect(error?.diagnostics.first?.message == "there is no primary key in 'plain'")
    #expect(try read(store, "seen", ImportOptions(key: "name")).resource.table == "seen")
    #expect(throws: QueryError.self) { try read(store, "no such; table\"") }
  }
}
