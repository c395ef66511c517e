#if CommandLine
  import Tamis
  import TamisSQL
  import TamisEngines
  import TamisTesting
  import Testing

  /// One pattern finds the same texts by PCRE2 in memory, by PCRE2 as SQLite's function, by PostgreSQL's own engine on
  /// the translated pattern, and by the reference, which has its own matcher.
  @Suite("Regular expressions mean the same everywhere")
  struct RegexLaw {
    static let resource = Resource("regex_law", dialect: .suffix) {
      Field("row_number", .integer).primaryKey()
      Field("body", .text).nullable().matchable()
      Field("meta", .json).nullable().openKeys().matchable()
      Relation("parts", .many) { Field("label", .text).matchable() }
    }

    private static func records(_ texts: [[Unicode.Scalar]?]) -> [JSONTree] {
      texts.enumerated().map { number, text in
        let text: JSONTree = text.map { .string(String(String.UnicodeScalarView($0))) } ?? .null
        return .object([
          .init("row_number", .number(String(number))), .init("body", text),
          .init("meta", .object([.init("k", text)])),
          .init("parts", .array(text == .null ? [] : [.object([.init("label", text)])])),
        ])
      }
    }

    private static func predicate(_ pattern: String, _ number: Int) -> Predicate {
      let isNegated = number % 3 == 0
      switch number % 8 {
      case 6:
        return .matches(
          FieldPath("meta", keys: ["k"], reading: .canonicalText), pattern, isNegated: isNegated)
      case 7:
        return .any(
          relation: "parts", .matches(FieldPath("label"), pattern, isNegated: isNegated), isNegated: false)
      default: return .matches(FieldPath("body"), pattern, isNegated: isNegated)
      }
    }

    @Test("random patterns over random texts")
    func randomPatterns() throws {
      var random = RandomSource(seed: LawSettings.current.seed)
      var generator = RegexGenerator(random: random.fork())
      let texts: [[Unicode.Scalar]?] = [nil, []] + (0..<78).map { _ in generator.text() }
      let records = Self.records(texts)
      let reference = ReferenceInterpreter(resource: Self.resource, records: records)
      let engines = try RegexEngine.all(records)
      var tally = Tally()
      for number in 0..<600 {
        let pattern = generator.pattern(around: (random.pick(texts) ?? []))
        let query = try #require(
          Query(Self.resource, where: Self.predicate(pattern, number), page: Page(limit: 1_000, offset: 0)))
        // Without a matcher of its own for it, the reference would agree with nothing.
        #expect(ReferenceRegex(pattern) != nil, "\(pattern)")
        let expected = reference.answer(query).places
        for engine in engines {
          guard let found = try engine.answer(query) else {
            tally.refused += 1
            continue
          }
          if found != expected {
            tally.differences += 1
            Issue.record("\(engine.name) \(query.predicate): \(found), not \(expected)")
          }
        }
        tally.pairs += texts.count
        tally.matches += expected.count
        if tally.differences > 5 { break }
      }
      print(
        "regex law: \(tally.pairs) pairs of pattern and text on reference, \(engines.map(\.name).joined(separator: ", "));",
        "\(tally.matches * 100 / max(1, tally.pairs)) % match; \(tally.refused) refused; \(tally.differences) differences"
      )
      #expect(tally.differences == 0)
      #expect((20...80).contains(tally.matches * 100 / max(1, tally.pairs)))
    }

    private struct Tally {
      var pairs = 0
      var matches = 0
      var differences = 0
      /// By engines without PCRE2.
      var refused = 0
    }

    @Test("a mark that combines is a scalar of its own beside what the pattern is written with")
    func combiningMarks() throws {
      let texts = ["e\u{301}A", "eA", "\u{301}", "a\u{301}a", "(\u{301})"].map { Array($0.unicodeScalars) }
      let records = Self.records(texts)
      let reference = ReferenceInterpreter(resource: Self.resource, records: records)
      let engines = try RegexEngine.all(records)
      let patterns: [(String, [Int])] = [
        ("(?i)\u{301}a", [0, 3]), ("(?i)\u{301}{1,2}$", [2]), ("[\u{301}]", [0, 2, 3, 4]),
        ("\\(\u{301}", [4]),
        ("^.\u{301}.$", [0, 3, 4]), ("(\u{301}|e)A", [0, 1]),
      ]
      for (pattern, places) in patterns {
        let query = try #require(
          Query(Self.resource, where: .matches(FieldPath("body"), pattern, isNegated: false)))
        #expect(reference.answer(query).places == places, "\(pattern) by the reference")
        for engine in engines {
          guard let found = try engine.answer(query) else { continue }
          #expect(found == places, "\(pattern) on \(engine.name)")
        }
      }
    }

    // MARK: What fails

    @Test("a match that costs too much is an error, not an answer")
    func costlyMatch() throws {
      let text = Array(String(repeating: "a", count: 5_000).unicodeScalars) + ["!"]
      let records = Self.records([["b"], text, ["c"]])
      let set = try RecordReader(resource: Self.resource).readAll(
        Array(records.map(\.description).joined(separator: "\n").utf8))
      let compiler = QueryCompiler(resource: Self.resource)
      for request in [
        "body_matches=(a%2B)%2B$", "meta.k_notmatches=(a%2B)%2B$", "parts.label_matches=(a%2B)%2B$",
      ] {
        let compiled = try compiler.compile(request)
        let start = ProcessorTime.now
        let error = try #require(throws: QueryError.self) { try compiled.select(from: set) }
        #expect(ProcessorTime.now - start < .milliseconds(250))
        #expect(
          error.diagnostics == [
            Diagnostic(.matchTooCostly(pattern: "(a+)+$"), SourceSpan(0, request.utf8.count))
          ])
        #expect(throws: QueryError.self) { try compiled.predicate().matches(set[1]) }
        #expect(throws: QueryError.self) { try compiled.predicate().indices(in: Array(set)) }
      }
      // Where the clause is not reached, nothing fails.
      #expect(
        try compiler.compile("row_number_eq=0&body_matches=(a%2B)%2B$").select(from: set).indices.isEmpty)
    }

    @Test("on SQLite, too")
    func costlyMatchOnSQLite() throws {
      let text = Array(String(repeating: "a", count: 5_000).unicodeScalars) + ["!"]
      let engines = try RegexEngine.all(Self.records([["b"], text]))
      let sqlite = try #require(engines.first { $0.name == "SQLite" })
      let query = try #require(
        Query(Self.resource, where: .matches(FieldPath("body"), "(a+)+$", isNegated: false)))
      let start = ProcessorTime.now
      let error = try #require(throws: (any Error).self) { try sqlite.numbers(query) }
      #expect(ProcessorTime.now - start < .milliseconds(250))
      #expect("\(error)".contains("tamis_matches: the pattern takes too many steps on a value"))
    }

    @Test("the function: null in, null out; an invalid pattern is an error")
    func function() throws {
      let function = MatchFunction()
      #expect(try function.evaluate(pattern: nil, text: "a") == nil)
      #expect(try function.evaluate(pattern: "a", text: nil) == nil)
      #expect(try function.evaluate(pattern: "^a", text: "ab") == true)
      #expect(try function.evaluate(pattern: "^b", text: "ab") == false)
      let failure = try #require(throws: MatchFunction.Failure.self) {
        try function.evaluate(pattern: "(", text: "a")
      }
      #expect(failure.message == "tamis_matches: invalid pattern: missing closing parenthesis")
    }

    // MARK: What an engine refuses

    @Test(
      "PostgreSQL refuses what is outside of the subset, at the construct",
      arguments: [
        (QueryDialect.suffix, "body_matches=a«(?=»b)"), (.suffix, "body_matches=%61b«%28%3F=»b)"),
        (.suffix, "body_matches=(a)«\\1»"), (.suffix, "body_matches=x«a%2B%2B»"),
        (.bracket, "body[matches]=a«{256}»"),
        (.body, #"{"filters":[{"field":"body","operator":"matches","value":"\\d«\\p»L"}]}"#),
        (.body, #"{"filters":[{"field":"body","operator":"matches","value":«"\u0061(?=b)"»}]}"#),
      ])
    func refusedByPostgreSQL(_ dialect: QueryDialect, _ marked: String) throws {
      let text = try #require(MarkedText(marked))
      let compiled = try QueryCompiler(resource: Self.resource).compile(text.text, dialect: dialect)
      let error = try #require(throws: QueryError.self) { try compiled.statement(for: .postgreSQL) }
      #expect(error.diagnostics.map(\.code) == ["engine.not-supported"])
      #expect(error.diagnostics.first?.span == text.spans.first)
      let statement = try compiled.statement(for: .sqlite)
      #expect(statement.text.contains("tamis_matches(?1, \"body\")"))
    }

    @Test("statements")
    func statements() throws {
      let compiled = try QueryCompiler(resource: Self.resource).compile("body_notmatches=(?i)^sav$")
      let text = try compiled.statement(for: .postgreSQL)
      #expect(text.text.contains(#"WHERE ("body" COLLATE "C" !~ $1) ORDER"#), "\(text.text)")
      #expect(text.bindings.first == .text(#"\A[Ss][Aa][Vv](?=\u000A?\Z)"#))
      let call = try compiled.statement(for: .sqlite)
      #expect(call.text.contains(#"WHERE NOT tamis_matches(?1, "body") ORDER"#), "\(call.text)")
      #expect(call.bindings.first == .text("(?i)^sav$"))
    }
  }

  /// One way of finding the numbers of the records that a query selects, in order.
  private struct RegexEngine {
    let name: String
    /// Whether it may refuse a pattern of the subset: RE2 has no `$` before the end.
    var mayRefuse = false
    let numbers: (Query) throws -> [Int]

    /// Nil where the engine refuses.
    func answer(_ query: Query) throws -> [Int]? {
      do {
        return try numbers(query)
      } catch let error as QueryError
        where mayRefuse && error.diagnostics.map(\.code) == ["engine.not-supported"]
      {
        return nil
      }
    }

    static func all(_ records: [JSONTree]) throws -> [RegexEngine] {
      let resource = RegexLaw.resource
      let stored = records.map { StoredRecord(ReferenceRecord($0, of: resource), of: resource) }
      var engines = [
        try memory(records), sql("SQLite", try SQLiteEngine(resource: resource, records: stored)),
      ]
      if let server = PostgreSQLConnection.connectionString {
        let engine = try PostgreSQLEngine(resource: resource, records: stored, server: server)
        engines.append(sql("PostgreSQL", engine))
      }
      for dialect in [SQLDialect.duckDB, .clickHouse] where EngineBridge.isAvailable(dialect) {
        let engine = try BridgedEngine(
          resource: resource, records: stored, dialect: dialect, bridge: EngineBridge(dialect))
        engines.append(sql(dialect.displayName, engine, mayRefuse: true))
      }
      return engines
    }

    private static func memory(_ records: [JSONTree]) throws -> RegexEngine {
      let lines = records.map(\.description).joined(separator: "\n")
      let set = try RecordReader(resource: RegexLaw.resource).readAll(Array(lines.utf8))
      return RegexEngine(name: "memory") { try RecordSelection.select($0, from: set).indices }
    }

    private static func sql(
      _ name: String, _ engine: any LoadedEngine, mayRefuse: Bool = false
    ) -> RegexEngine {
      RegexEngine(name: name, mayRefuse: mayRefuse) { query in
        var query = query
        if let number = query.resource.field(named: "row_number") { query.selection = [number] }
        return try engine.rows(try engine.emitter.statement(for: query)).compactMap { row in
          row.first.flatMap { $0 }.flatMap { Int($0) }
        }
      }
    }
  }
#endif
