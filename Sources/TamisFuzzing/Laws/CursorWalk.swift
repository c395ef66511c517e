import Tamis
import TamisMemory
import TamisTesting

/// Requests with and without a cursor, as one client of one server writes them.
struct CursorWalk {
  let ground: CursorGround
  let dialect: QueryDialect
  var scope: [String: String]
  private var compiler: QueryCompiler

  init(ground: CursorGround, dialect: QueryDialect) {
    self.ground = ground
    self.dialect = dialect
    scope = ground.scope
    compiler = ground.compiler
  }

  func with(_ compiler: QueryCompiler) -> CursorWalk {
    var copy = self
    copy.compiler = compiler
    return copy
  }

  func compile(_ request: [UInt8]) throws(QueryError) -> CompiledQuery {
    try compiler.compile(bytes: request, dialect: dialect, scope: scope, randomSeed: FuzzInput.randomSeed)
  }

  /// The request with a cursor in it.
  func text(_ request: [UInt8], _ token: [UInt8]) -> [UInt8] {
    switch dialect {
    case .body:
      guard var tree = JSONTree(parsing: String(decoding: request, as: UTF8.self)) else { return request }
      tree.set(.string(String(decoding: token, as: UTF8.self)), at: ["cursor"])
      return Array(tree.description.utf8)
    case .jsonAPI, .jsonAPIKeys, .mixed: return pair(request, "page%5Bafter%5D=", token)
    case .suffix, .bracket: return pair(request, "cursor=", token)
    }
  }

  private func pair(_ request: [UInt8], _ name: String, _ token: [UInt8]) -> [UInt8] {
    let escaped = token.map { "%" + String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    return request + Array(((request.isEmpty ? "" : "&") + name + escaped).utf8)
  }

  /// The cursor after one of the records that the query selects; nil where it selects none.
  func token(of compiled: CompiledQuery, _ place: Int) throws(QueryError) -> String? {
    let selection = try whole(compiled.query)
    guard !selection.isEmpty else { return nil }
    let record = ground.records[selection[place % selection.count]]
    let values = compiled.query.sort.map { record.value(of: $0.field) }
    do {
      return try compiled.cursor(of: KeysetBoundary(values: values, side: .after))
    } catch {
      // A value of a record may be longer than a request's value may be.
      guard error.diagnostics.contains(where: { $0.code == "limit.value-bytes" }) else { throw error }
      return nil
    }
  }

  private func whole(_ query: Query) throws(QueryError) -> [Int] {
    var query = query
    query.page = Page(limit: 1_000, offset: 0)
    return try RecordSelection.select(query, from: ground.records).indices
  }

  // MARK: Laws

  /// From the place of a genuine cursor the pages go on to the end of the whole.
  func walkViolation(_ first: CompiledQuery, _ request: [UInt8], _ token: String) -> String? {
    do {
      let whole = try whole(first.query)
      var text = text(request, Array(token.utf8))
      var walked: [Int] = []
      for _ in 0...whole.count {
        let compiled: CompiledQuery
        do {
          compiled = try compile(text)
        } catch {
          return genuineViolation(error, text)
        }
        if let fault = pageViolation(compiled, text.count) { return fault }
        let selection = try compiled.select(from: ground.records)
        walked += selection.indices
        guard let next = try compiled.page(selection, of: ground.records).next else {
          return whole.suffix(walked.count) == walked[...] ? nil : "walked \(walked), the whole is \(whole)"
        }
        text = self.text(request, Array(next.utf8))
      }
      return "the pages do not end: \(walked)"
    } catch {
      return error.diagnostics.allSatisfy { $0.code.hasPrefix("limit.") } ? nil : "\(error)"
    }
  }

  /// A genuine cursor is refused only for what it stands beside: another cursor, one pair too many.
  private func genuineViolation(_ error: QueryError, _ text: [UInt8]) -> String? {
    let isBeside = error.diagnostics.allSatisfy {
      $0.code.hasPrefix("limit.") || $0.code.hasPrefix("combination.")
    }
    return isBeside
      ? DiagnosticLaw.violation(of: error, text, dialect) : "a genuine cursor was refused: \(error)"
  }

  /// The page beside a place has no more than its limit, and is a statement on every engine.
  func pageViolation(_ compiled: CompiledQuery, _ count: Int) -> String? {
    if let selection = try? compiled.select(from: ground.records),
      selection.indices.count > compiled.query.page.limit
    {
      return "a page of \(selection.indices.count) records"
    }
    return FuzzRegistry.engines.lazy.compactMap { EmitLaw.violation(of: compiled.query, on: $0, count) }.first
  }

  /// A cursor that was written elsewhere is refused for just that.
  func replayViolation(_ token: [UInt8], _ request: [UInt8], _ code: String) -> String? {
    let text = text(request, token)
    do {
      let compiled = try compile(text)
      return compiled.query.boundary == nil ? nil : "a cursor of elsewhere was read"
    } catch {
      if let fault = DiagnosticLaw.violation(of: error, text, dialect) { return fault }
      let isExpected = error.diagnostics.contains {
        $0.code == code || $0.code.hasPrefix("limit.") || $0.code.hasPrefix("combination.")
      }
      return isExpected
        ? nil : "a cursor of elsewhere was refused for \(error.diagnostics.map(\.code)), not \(code)"
    }
  }
}
