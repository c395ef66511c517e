#if CommandLine
  import GRDB
  import Tamis
  import TamisMemory
  import TamisTesting

  /// One query over one set of records: memory and SQLite give the same records in the same order, with the same
  /// values, and the reference interpreter the same places.
  ///
  /// After the four bytes that choose stand two more, which choose records of the resource's own, then the request; and
  /// after a NUL records as NDJSON.
  enum EquivalenceLaw {
    static func violation(of input: [UInt8]) -> String? {
      guard var input = FuzzInput(input) else { return nil }
      let chosen = (seed: input.byte(), count: input.byte())
      let (request, lines) = input.halves
      do {
        let compiled = try input.compile(request)
        var records = FuzzRecords(input.ground)
        records.choose(count: chosen.count % 13, seed: chosen.seed)
        if let fault = records.read(lines) { return fault }
        return try SQLiteGround.with(input.ground) { database in
          records.keep(try database.insert(records.stored()))
          return try Comparison(compiled: compiled, records: records, database: database).violation()
        }
      } catch let error as QueryError {
        return DiagnosticLaw.violation(of: error, request, input.dialect)
      } catch {
        return "\(error)"
      }
    }
  }

  extension EquivalenceLaw {
    private struct Comparison {
      let compiled: CompiledQuery
      let records: FuzzRecords
      let database: SQLiteRecords

      var query: Query { compiled.query }

      func violation() throws -> String? {
        let set = try records.set()
        let selection: RecordSelection
        do {
          selection = try compiled.select(from: set)
        } catch {
          return error.diagnostics.allSatisfy { $0.code == "limit.match-steps" } ? nil : "memory: \(error)"
        }
        return try referenceViolation(selection) ?? databaseViolation(selection, set)
          ?? documentViolation(selection, set)
      }

      /// The answer is JSON, whatever the records hold.
      private func documentViolation(_ selection: RecordSelection, _ set: RecordSet) -> String? {
        let page = PageFacts(request: "", hasMore: selection.hasMore, total: set.count)
        let answer = compiled.answer(records: selection.indices.map { set[$0] }, page: page)
        return JSONTree(parsing: answer.text) == nil ? "the answer is not JSON: \(answer.text)" : nil
      }

      // MARK: The reference

      private func referenceViolation(_ selection: RecordSelection) -> String? {
        guard query.boundary == nil, query.randomOrder == nil, isPortable else { return nil }
        let answer = records.reference.answer(compiled.typed)
        if answer.places == selection.indices && answer.hasMore == selection.hasMore { return nil }
        return "the reference gives \(answer), memory \(selection): \(compiled.typed.predicate)\(shown)"
      }

      /// The reference knows regular expressions of the portable subset only.
      private var isPortable: Bool {
        query.nodes.allSatisfy { node in
          guard node.kind == .matches, let operand = query.operand(of: node, 0) else { return true }
          return ReferenceRegex(query.string(of: operand)) != nil
        }
      }

      private var shown: String { "\nover\n" + records.lines.joined(separator: "\n") }

      // MARK: SQLite

      private func databaseViolation(_ selection: RecordSelection, _ set: RecordSet) throws -> String? {
        let statement: SQLStatement
        do {
          statement = try database.emitter.statement(for: query)
        } catch {
          return error.diagnostics.allSatisfy { $0.code.hasPrefix("engine.") } ? nil : "SQLite: \(error)"
        }
        do {
          let rows = try database.rows(statement)
          return try rowViolation(rows, selection, set, statement) ?? countViolation(set)
        } catch let error as DatabaseError where error.message?.contains("too many steps") == true {
          return nil
        } catch {
          return "\(error)"
        }
      }

      private func rowViolation(
        _ rows: [[SQLBinding]], _ selection: RecordSelection, _ set: RecordSet, _ statement: SQLStatement
      ) -> String? {
        let reader = SQLRowReader(query, dialect: .sqlite)
        var found = rows.prefix(query.page.limit).map { reader.values(of: $0) }
        if query.boundary?.side == .before { found.reverse() }
        let expected = selection.indices.map { ResponseRow(set[$0], for: query).values }
        if found == expected, (rows.count > query.page.limit) == selection.hasMore { return nil }
        return "SQLite gives \(found), memory \(expected): \(query.predicate)\n\(statement)\(shown)"
      }

      private func countViolation(_ set: RecordSet) throws -> String? {
        let rows = try database.rows(try database.emitter.countStatement(for: query))
        let count = try RecordSetPredicate(query).indices(in: set).count
        return rows == [[.integer(Int64(count))]]
          ? nil : "SQLite counts \(rows), memory \(count): \(query.predicate)"
      }
    }
  }
#endif
