#if CommandLine
  import TamisModel
  import TamisSQL
  import Testing

  /// The text is a function of the shape, and every value is a binding.
  @Suite struct SQLTextLawTests {
    private static let cases = ExecutionCases.engines + ExecutionCases.containment

    /// The same clauses with other values of the same classes.
    private func changed(_ predicate: Predicate) -> Predicate {
      switch predicate {
      case .always, .never, .compareFields, .isNull: predicate
      case .and(let parts): .and(parts.map(changed))
      case .or(let parts): .or(parts.map(changed))
      case .not(let inner): .not(changed(inner))
      case .compare(let path, let comparison, let value): .compare(changed(path), comparison, changed(value))
      case .within(let path, let lower, let upper, let isHalfOpen, let isNegated):
        .within(
          changed(path), lower: changed(lower), upper: changed(upper), isHalfOpen: isHalfOpen,
          isNegated: isNegated)
      case .member(let path, let values, let isNegated):
        .member(changed(path), padded(values.map(changed)), isNegated: isNegated)
      case .pattern(let path, let pattern, let isNegated):
        .pattern(changed(path), changed(pattern), isNegated: isNegated)
      case .any(let relation, let inner, let isNegated, let minimum):
        .any(relation: relation, changed(inner), isNegated: isNegated, atLeast: minimum)
      case .jsonContains(let path, let json, let isNegated):
        .jsonContains(changed(path), json: changed(json), isNegated: isNegated)
      case .matches(let path, let pattern, let isNegated):
        .matches(changed(path), pattern + "x?", isNegated: isNegated)
      }
    }

    private func changed(_ path: FieldPath) -> FieldPath {
      FieldPath(path.field, keys: path.keys.map { "x" + $0 }, reading: path.reading)
    }

    /// Three items and four are one class.
    private func padded(_ values: [Value]) -> [Value] {
      guard values.count == 3, let last = values.last else { return values }
      return values + [last]
    }

    private func changed(_ value: Value) -> Value {
      switch value {
      case .text(let text): .text(text + "';--\u{10FFFF}$1?")
      case .integer(let number): .integer(number &+ 1)
      case .decimal: SQLSamples.decimal("-987654321098765432109876543210.125")
      case .boolean(let flag): .boolean(!flag)
      case .uuid: .uuid("12345678-1234-1234-1234-123456789012")
      case .date(let date): .date(CalendarDate(daysSinceEpoch: date.daysSinceEpoch &+ 400))
      case .timestamp: SQLSamples.instant(Timestamp.end)
      case .enumeration(let name):
        .enumeration(["active": "draft", "closed": "active", "draft": "closed", "gold": "tin"][name] ?? name)
      case .json, .argument: value
      }
    }

    private func changed(_ pattern: TextPattern) -> TextPattern {
      let bytes = pattern.bytes.flatMap { $0 >= 0xFE || $0 >= 0x80 ? [$0] : [$0, UInt8(ascii: "%"), 42] }
      return TextPattern(bytes: bytes, ignoresCase: pattern.ignoresCase)
    }

    private func changed(_ json: String) -> String {
      json.replacing("\"a\"", with: "\"b c\"").replacing("1.5", with: "-7").replacing("null", with: "true")
    }

    @Test func equalShapesGiveEqualText() throws {
      let resource = SQLSamples.resource()
      var compared = 0
      for item in Self.cases {
        let first = try #require(Query(resource, where: item.predicate, page: Page(limit: 3, offset: 1)))
        let second = try #require(
          Query(resource, where: changed(item.predicate), page: Page(limit: 99, offset: 7)))
        guard first.shape == second.shape else { continue }
        compared += 1
        for dialect in SQLDialect.all {
          let emitter = SQLEmitter(resource: resource, dialect: dialect, cachedShapes: 0)
          guard let one = try statement(for: first, emitter), let other = try statement(for: second, emitter)
          else { continue }
          #expect(one.text == other.text, "line \(item.line): \(item.predicate)")
          #expect(one.bindings.count == other.bindings.count, "line \(item.line)")
        }
      }
      #expect(compared > Self.cases.count * 9 / 10, "\(compared) of \(Self.cases.count)")
    }

    @Test func placeholdersAreBindings() throws {
      let resource = SQLSamples.resource()
      for item in Self.cases {
        let query = try #require(Query(resource, where: item.predicate))
        for dialect in SQLDialect.all {
          let emitter = SQLEmitter(resource: resource, dialect: dialect)
          guard let statement = try statement(for: query, emitter) else { continue }
          let used = placeholders(statement.text)
          #expect(used == Set(1...statement.bindings.count), "\(statement.text)")
        }
      }
    }

    /// Nil where the engine refuses, as only some do.
    private func statement(for query: Query, _ emitter: SQLEmitter) throws -> SQLStatement? {
      let isAlwaysAble = emitter.dialect == .postgreSQL || emitter.dialect == .sqlite
      do throws(QueryError) {
        return try emitter.statement(for: query)
      } catch {
        let codes = error.diagnostics.map(\.code)
        #expect(!isAlwaysAble && codes == ["engine.not-supported"], "\(error)")
        return nil
      }
    }

    /// Numbers of the placeholders outside quotes; a bare `?` is one more than the largest before it.
    private func placeholders(_ text: String) -> Set<Int> {
      var used: Set<Int> = []
      var quote: Character?
      var rest = Substring(text)
      while let character = rest.popFirst() {
        if let open = quote {
          if character == open { quote = nil }
        } else if character == "'" || character == "\"" || character == "`" {
          quote = character
        } else if character == "{" || (character == ":" && rest.first == "p") {
          used.insert(Int(rest.dropFirst().prefix { $0.isNumber }) ?? -1)
        } else if character == "$" || character == "?" {
          let digits = rest.prefix { $0.isNumber }
          rest = rest.dropFirst(digits.count)
          used.insert(Int(digits) ?? (used.max() ?? 0) + 1)
        }
      }
      return used
    }

    @Test func shapesTellListsAndDocumentsApart() throws {
      let resource = SQLSamples.resource()
      func shape(_ predicate: Predicate) throws -> QueryShape {
        try #require(Query(resource, where: predicate)).shape
      }
      let path = FieldPath("meta", keys: ["k"], reading: .sameType)
      let text = Value.text("a")
      let number = SQLSamples.decimal("1")
      let mixed = try shape(.member(path, [text, number], isNegated: false))
      #expect(try mixed != shape(.member(path, [number, number], isNegated: false)))
      #expect(try mixed != shape(.member(path, [number, text], isNegated: false)))
      #expect(try mixed == shape(.member(path, [text, SQLSamples.decimal("7")], isNegated: false)))
      func contains(_ json: String) throws -> QueryShape {
        try shape(.jsonContains(FieldPath("meta"), json: json, isNegated: false))
      }
      #expect(try contains("[1]") != contains("[]"))
      #expect(try contains("[1]") != contains("[true]"))
      #expect(try contains(#"{"a":1}"#) != contains(#"{"a":"1"}"#))
      #expect(try contains(#"{"a":1}"#) == contains(#"{"b":-20.5}"#))
      #expect(try contains(#"{"a":null}"#) == contains(#"{"b":true}"#))
    }
  }
#endif
