#if CommandLine
  import GRDB
  import Tamis
  import TamisCatalog
  import TamisGRDB
  import Testing

  @testable import TamisCommand

  /// Records in SQLite: those of a file, put in memory, and a database of somebody else's.
  struct SQLiteTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private static let queries = [
      "", "currency_eq=USD", "balance_gt=9007199254740992", "balance_between=-5|100", "limit=1&offset=1",
      "created_at_gte=2024-01-15", "meta_data.tier_eq=gold", "meta_data.tier_isnull=", "identity_id_isnull=",
    ]

    @Test func bothEnginesGiveTheSame() throws {
      let file = try scratch.file("r.ndjson", Sample.blnk)
      for query in Self.queries {
        for format in ["ids", "ndjson", "json", "table"] {
          let arguments = [
            "select", "--resource", "blnk/balances", "--records", file, "--format", format, query,
          ]
          let memory = Run(arguments + ["--engine", "memory"])
          let sqlite = Run(arguments + ["--engine", "sqlite"])
          #expect(memory.status == .success)
          #expect(sqlite.status == .success, "\(sqlite.errors)")
          #expect(memory.output == sqlite.output, "\(query)")
        }
      }
    }

    @Test func linesOnSQLite() {
      let records = Sample.metronome.split(separator: "\n").joined(separator: ",")
      let lines = [Sample.customer, Sample.otherCustomer].map {
        #"{"id":1,"body":{"customer_id":"\#($0)","covering_date":"2024-01-15T00:00:00Z"},"records":[\#(records)],"#
          + #""context":{"customer_of":{"\#(Sample.first)":"\#(Sample.customer)"}}}"#
      }
      let run = Run(
        ["select", "--lines", "--resource", "metronome/balances", "--engine", "sqlite"],
        input: lines.joined(separator: "\n"))
      #expect(
        run.outputLines == [
          #"{"id":1,"ids":["\#(Sample.first)"],"warnings":[]}"#, #"{"id":1,"ids":[],"warnings":[]}"#,
        ])
    }

    /// A file with the tables of a resource, one of them in a schema of its own.
    private func database(_ resource: Resource, _ records: String) throws -> String {
      let path = scratch.path("d.sqlite")
      let table = SQLTable(resource: resource, dialect: .sqlite)
      let read = try RecordReader(resource: resource).readAll(Array(records.utf8))
      let queue = try DatabaseQueue(path: path)
      try queue.write { database in
        for text in table.createStatements where text.hasPrefix("CREATE TABLE") {
          try database.execute(sql: text.replacing(#""blnk"."#, with: ""))
        }
        for row in try table.rows(for: read.map { StoredRecord($0) }) {
          try database.insert(
            SQLStatement(text: row.text.replacing(#""blnk"."#, with: ""), bindings: row.bindings))
        }
      }
      return path
    }

    @Test func databasesAreReadAsTheyAreStored() throws {
      let path = try database(Catalog.blnkBalances, Sample.blnk)
      let run = Run([
        "select", "--resource", "blnk/balances", "--database", path, "--dialect", "body", "--format",
        "ndjson",
        #"{"fields":["balance_id","balance","created_at","meta_data","indicator"],"sort":["balance"]}"#,
      ])
      #expect(run.errors.isEmpty)
      #expect(
        run.output == """
          {"balance_id":"b3","indicator":null,"balance":-5,"created_at":"2024-06-30T23:59:59.000000Z",\
          "meta_data":{"tier":null}}
          {"balance_id":"b1","indicator":null,"balance":100,"created_at":"2024-01-01T00:00:00.000000Z",\
          "meta_data":{"tier":"gold"}}
          {"balance_id":"b2","indicator":null,"balance":9007199254740993,\
          "created_at":"2024-01-15T10:30:45.000000Z","meta_data":null}

          """)
    }

    @Test func keysOfADatabaseKeepTheirJSONType() throws {
      let path = try database(
        Catalog.animeThemesBalances,
        #"""
        {"id":1,"date":"2022-01-01","service":"AWS","frequency":"Once","usage":"5.05","month_to_date_balance":"-0.5"}
        {"id":2,"date":"2022-02-01","service":"Hover","frequency":"Monthly","usage":"6.00","month_to_date_balance":"1"}
        """#)
      let run = Run(
        ["select", "--lines", "--resource", "animethemes/balances", "--database", path],
        input: #"{"id":1,"query":"sort=-usage"}"#)
      #expect(run.output == #"{"id":1,"ids":[2,1],"warnings":[]}"# + "\n")
      let rows = Run([
        "select", "--resource", "animethemes/balances", "--database", path, "--format", "ndjson",
        "filter[id]=1",
      ])
      #expect(
        rows.output
          == #"{"id":1,"month_to_date_balance":-0.5,"date":"2022-01-01","frequency":"Once","service":"AWS","usage":5.05}"#
          + "\n")
    }

    @Test func databasesThatCanNotBeRead() throws {
      let text = try scratch.file("no.sqlite", "this is not a database, and long enough to be one")
      let empty = try scratch.file("empty.sqlite", "")
      for path in [scratch.path("missing.sqlite"), text, empty] {
        let run = Run(["select", "--resource", "blnk/balances", "--database", path, ""])
        #expect(run.status == .inputOutput)
        #expect(run.errors.hasPrefix("error: \(path): "), "\(run.errors)")
      }
    }

    /// Every way of storing a value that the resource's author may choose.
    @Test func storedValues() {
      let enumeration = Enumeration([Enumeration.Case("One", stored: .integer(1))])
      let rows: [(DatabaseValue, FieldType, Value?)] = [
        (.null, .text, nil),
        ("a".databaseValue, .text, .text("a")),
        (5.databaseValue, .integer, .integer(5)),
        (1205.databaseValue, .decimal(precision: 8, scale: 2), Decimal("12.05").map(Value.decimal)),
        ("10002125".databaseValue, .decimal(precision: 40, scale: 2), Decimal("12.5").map(Value.decimal)),
        ("09997874~".databaseValue, .decimal(precision: 40, scale: 2), Decimal("-12.5").map(Value.decimal)),
        ("100010".databaseValue, .bigInteger, Decimal("0").map(Value.decimal)),
        (1.databaseValue, .boolean, .boolean(true)),
        ("false".databaseValue, .boolean, .boolean(false)),
        (0.databaseValue, .timestamp, .timestamp(Timestamp(microseconds: 0))),
        (
          "1970-01-01T00:00:01.000000Z".databaseValue, .timestamp,
          .timestamp(Timestamp(microseconds: 1_000_000))
        ),
        ("1970-01-02".databaseValue, .date, .date(CalendarDate(daysSinceEpoch: 1))),
        (1.databaseValue, .date, .date(CalendarDate(daysSinceEpoch: 1))),
        (1.databaseValue, .enumeration(enumeration), .enumeration("One")),
        (2.databaseValue, .enumeration(enumeration), nil),
        (#"{"a":1}"#.databaseValue, .json, .json(#"{"a":1}"#)),
        (Sample.first.databaseValue, .uuid, .uuid(Sample.first)),
        (1.5.databaseValue, .text, nil),
      ]
      for (stored, type, expected) in rows {
        #expect(StoredValue.read(stored, Field("f", type)) == expected, "\(stored) as \(type)")
      }
      let ordered = Field("f", .integer).storage(.orderedText, on: "sqlite")
      #expect(StoredValue.read("1000212".databaseValue, ordered) == .integer(12))
    }
  }
#endif
