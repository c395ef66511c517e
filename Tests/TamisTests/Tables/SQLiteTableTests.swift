#if CommandLine
  import Foundation
  import GRDB
  import Tamis
  import TamisResources
  import TamisEngines
  import TamisGRDB
  import Testing

  /// Tables of SQLite as resources, and requests to them over those very tables.
  struct SQLiteTableTests {
    /// A database, as the engine of a resource.
    private final class Store: LoadedEngine {
      let queue: DatabaseQueue
      var emitter = SQLEmitter(resource: SQLSamples.resource(), dialect: .sqlite)

      init(_ sql: String) throws {
        queue = try DatabaseQueue()
        try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
      }

      func rows(_ statement: SQLStatement) throws -> [[String?]] {
        try queue.writeWithoutTransaction { database in
          try database.rows(statement).map { $0.databaseValues.map(Self.text) }
        }
      }

      func text(_ sql: String) throws -> String {
        try queue.read { try String.fetchAll($0, sql: sql) }.joined(separator: "\n")
      }

      private static func text(_ value: DatabaseValue) -> String? {
        switch value.storage {
        case .null: nil
        case .int64(let number): String(number)
        case .double(let number): String(number)
        case .string(let text): text
        case .blob(let data): "blob of \(data.count)"
        }
      }
    }

    private static let balances = """
      CREATE TABLE account (id INTEGER PRIMARY KEY, name TEXT, secret BLOB);
      CREATE TABLE "balances" (
        "balance id" TEXT PRIMARY KEY NOT NULL,
        big BIGINT NOT NULL,
        small SMALLINT,
        whole NUMERIC(12, 0),
        price DECIMAL(10, 2), -- a fraction, COLLATE none
        ratio REAL,
        title VARCHAR(20),
        folded TEXT COLLATE NOCASE,
        "co, (late" TEXT DEFAULT ('a' COLLATE RTRIM) COLLATE [BINARY],
        is_open BOOLEAN,
        token UUID,
        made_on DATE,
        made_at DATETIME,
        meta JSON,
        bytes BLOB,
        loose,
        twice BIGINT GENERATED ALWAYS AS (small * 2) VIRTUAL,
        stored TEXT AS (title || '!') STORED,
        "order" INTEGER,
        account_id INTEGER REFERENCES account (id)
      );
      CREATE TABLE line (
        balance TEXT NOT NULL REFERENCES balances, amount INTEGER, note TEXT, PRIMARY KEY (balance, amount)
      ) WITHOUT ROWID, STRICT;
      INSERT INTO account VALUES (1, 'ann', x'00'), (2, 'bob', NULL);
      INSERT INTO balances ("balance id", big, small, whole, price, ratio, title, folded, "co, (late", is_open,
        token, made_on, made_at, meta, bytes, loose, "order", account_id) VALUES
        ('a', 9223372036854775807, 3, 12, 1.5, 0.5, 'Alpha', 'x', 'X', 1,
         '2f1e4fc0-81fd-41da-9156-00036aff0ed1', '2024-01-15', '2024-01-15 10:30:00', '{"tier":"gold"}', x'01', 1, 5, 1),
        ('B', -1, -3, -12, 2, 1, 'alpha', 'X', 'x', 0,
         'af1e4fc0-81fd-41da-9156-00036aff0ed1', '2024-02-15', '2024-01-15 10:30:01', '{"tier":1}', NULL, 'b', 4, 2),
        ('ä%', 0, NULL, NULL, NULL, NULL, 'al_', NULL, 'é', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
        ('d', 7, 8, 9, 1, 1, '', 'y', '', 1, NULL, '2023-12-31', '', '[1]', NULL, NULL, 4, 1);
      INSERT INTO line VALUES ('a', 1, 'one'), ('a', 2, NULL), ('d', 2, 'two'), ('B', -5, 'ä');
      """

    private func read(
      _ store: Store, _ table: String, _ options: ImportOptions = ImportOptions()
    ) throws -> ImportedResource {
      let table = SQLiteTableImport(table: table)
      return try table.resource(from: try table.statements.map { try store.rows($0) }, options: options)
    }

    @Test func everyType() throws {
      let store = try Store(Self.balances)
      let imported = try read(store, "balances")
      let types = Dictionary(uniqueKeysWithValues: imported.resource.fields.map { ($0.name, $0.type) })
      #expect(
        types == [
          "balance id": .text, "big": .integer, "small": .integer, "whole": .integer, "title": .text,
          "folded": .text,
          "co, (late": .text, "is_open": .boolean, "token": .uuid, "made_on": .date, "made_at": .text,
          "meta": .json,
          "twice": .integer, "stored": .text, "order_": .integer, "account_id": .integer,
        ])
      #expect(imported.resource.fields.filter { !$0.isNullable }.map(\.name) == ["balance id", "big"])
      #expect(imported.resource.fields.filter(\.isPrimaryKey).map(\.name) == ["balance id"])
      #expect(imported.resource.fields.first { $0.name == "folded" }?.operators == OperatorSet.nullTests)
      #expect(
        imported.notes.map(\.subject) == [
          "balances", "price", "ratio", "folded", "is_open", "token", "made_on", "made_at", "bytes", "loose",
          "order",
          "account.secret",
        ])
      let relations = imported.resource.relations
      #expect(relations.map(\.name) == ["account", "line"])
      #expect(relations.map(\.cardinality) == [.one, .many])
      #expect(
        relations.map(\.location) == [
          .childTable(table: "account", foreignKey: "id", parentKey: "account_id"),
          .childTable(table: "line", foreignKey: "balance", parentKey: "balance id"),
        ])
    }

    /// Every field with every operator gives the records that memory gives, over the rows of the table itself.
    @Test func requestsOverTheTable() throws {
      let store = try Store(Self.balances)
      let resource = try read(store, "balances").resource
      store.emitter = SQLEmitter(resource: resource, dialect: .sqlite)
      let reader = try RecordReader(
        resource: resource,
        related: [
          "account": Array(try store.text("SELECT json_object('id', id, 'name', name) FROM account").utf8),
          "line": Array(
            try store.text("SELECT json_object('balance', balance, 'amount', amount, 'note', note) FROM line")
              .utf8),
        ])
      let members = resource.fields.map { "'\($0.columnName)', \(Self.json($0))" }.joined(separator: ", ")
      let records = try reader.readAll(
        Array(try store.text("SELECT json_object(\(members)) FROM balances").utf8))
      #expect(records.count == 4)
      let tally = try TableSweep(resource, records, store).run()
      #expect(tally.asked > 500)
      #expect(tally.decisive > 300)
    }

    private static func json(_ field: Field) -> String {
      let column = "\"\(field.columnName)\""
      switch field.type {
      case .boolean: return "CASE \(column) WHEN 1 THEN json('true') WHEN 0 THEN json('false') END"
      case .json: return "json(\(column))"
      default: return column
      }
    }

    @Test func tablesWithoutAKey() throws {
      let store = try Store(
        """
        CREATE TABLE plain (name TEXT);
        CREATE TABLE unique_one (code TEXT NOT NULL UNIQUE, other TEXT UNIQUE, name TEXT);
        CREATE VIEW seen AS SELECT name FROM plain;
        CREATE TABLE typed (id INT PRIMARY KEY, any_value ANY) STRICT;
        """)
      #expect(try read(store, "plain").resource.fields.map(\.name) == ["rowid", "name"])
      #expect(try read(store, "unique_one").resource.fields.filter(\.isPrimaryKey).map(\.name) == ["code"])
      let error = #expect(throws: QueryError.self) { try read(store, "seen") }
      #expect(error?.diagnostics.first?.code == "file.not-found")
      #expect(
        try read(store, "seen", ImportOptions(key: "name")).resource.fields.filter(\.isPrimaryKey).map(\.name)
          == ["name"])
      let misspelt = #expect(throws: QueryError.self) { try read(store, "seen", ImportOptions(key: "nane")) }
      #expect(misspelt?.diagnostics.first?.suggestion == "name")
      #expect(try read(store, "main.typed").notes.map(\.subject) == ["any_value"])
      let missing = #expect(throws: QueryError.self) { try read(store, "nope") }
      #expect(missing?.diagnostics.first?.message == "there is no table 'nope'")
    }

    @Test func foreignKeysOfAllKinds() throws {
      let store = try Store(
        """
        CREATE TABLE node (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES node (id), name TEXT);
        CREATE TABLE pair (a INTEGER, b INTEGER, PRIMARY KEY (a, b));
        CREATE TABLE user (
          id INTEGER PRIMARY KEY, a INTEGER, b INTEGER, node INTEGER REFERENCES node, other_node INTEGER REFERENCES node,
          FOREIGN KEY (a, b) REFERENCES pair (a, b));
        """)
      let user = try read(store, "user")
      #expect(user.resource.relations.map(\.name) == ["node_2", "other_node_2"])
      #expect(user.notes.map(\.description).contains("user: left out: a foreign key of several columns"))
      let node = try read(store, "node").resource
      #expect(node.relations.map(\.name) == ["parent", "user", "user_2"])
    }

    /// Names with a quote of their own; what a comment says is not the table's.
    @Test func namesAndCommentsOfADefinition() throws {
      let store = try Store(
        """
        CREATE TABLE odd (
          id INTEGER PRIMARY KEY, "a""b" TEXT /* , ( COLLATE BINARY */ COLLATE NOCASE, plain TEXT,
          c TEXT COLLATE NOCASE, secret BLOB REFERENCES odd (id));
        """)
      let imported = try read(store, "odd")
      let folded = imported.resource.fields.filter { $0.operators == OperatorSet.nullTests }.map(\.name)
      #expect(folded == ["a\"b", "c"])
      #expect(imported.resource.relations.isEmpty)
      #expect(
        imported.notes.map(\.description).filter { $0.contains("left out: its key") }
          == ["secret: left out: its key 'secret' is no field"])
    }

    @Test func answersOfAnotherShapeAreNoTrap() throws {
      let table = SQLiteTableImport(table: "t")
      for answers: [[[String?]]] in [
        [], [[[]]], [[], [[nil]], [[nil]], [[nil]], [[nil]]], [[["x"]], [["t", "id"]]],
      ] {
        _ = try? table.resource(from: answers)
      }
      #expect(table.statements.count == 5)
    }
  }
#endif
