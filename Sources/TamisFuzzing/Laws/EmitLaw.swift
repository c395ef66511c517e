import Tamis
import TamisRegex
import TamisTesting

/// A query becomes a statement of an engine, or is refused there with reasons.
enum EmitLaw {
  static func violation(of input: [UInt8]) -> String? {
    guard let input = FuzzInput(input) else { return nil }
    let request = Array(input.rest)
    do {
      let compiled = try input.compile(request)
      return patternViolation(compiled.query) ?? violation(
        of: compiled.query, on: input.engine, request.count)
        ?? cacheViolation(compiled, input.engine) ?? explanationViolation(request, input)
    } catch {
      return DiagnosticLaw.violation(of: error, request, input.dialect)
    }
  }

  static func violation(of query: Query, on engine: SQLDialect, _ count: Int) -> String? {
    // Nothing at hand: a text that was kept is the same for every query of a shape.
    let emitter = SQLEmitter(resource: query.resource, dialect: engine, cachedShapes: 0)
    do throws(QueryError) {
      let statement = try emitter.statement(for: query)
      let count = try emitter.countStatement(for: query)
      return placeholderViolation(statement) ?? placeholderViolation(count)
        ?? valueViolation(statement, query, emitter) ?? shapeViolation(statement, query, emitter)
    } catch {
      return error.diagnostics.isEmpty
        ? "refused without a reason" : DiagnosticLaw.violation(of: error.diagnostics, count)
    }
  }

  private static func placeholderViolation(_ statement: SQLStatement) -> String? {
    let places = Placeholders.count(statement.text)
    return places == statement.bindings.count
      ? nil : "\(places) placeholders, \(statement.bindings.count) bindings: \(statement.text)"
  }

  /// A statement at hand is the statement that is written anew.
  private static func cacheViolation(_ compiled: CompiledQuery, _ engine: SQLDialect) -> String? {
    let kept = [try? compiled.statement(for: engine), try? compiled.statement(for: engine)]
    let emitter = SQLEmitter(resource: compiled.query.resource, dialect: engine, cachedShapes: 0)
    let fresh = try? emitter.statement(for: compiled.query)
    return kept.allSatisfy { $0 == fresh } ? nil : "what was at hand is not what is written anew"
  }

  /// What is shown to people is text, and JSON.
  private static func explanationViolation(_ request: [UInt8], _ input: FuzzInput) -> String? {
    do {
      let explanation = try input.compiler.explain(
        bytes: request, dialect: input.dialect, scope: input.ground.scope, randomSeed: FuzzInput.randomSeed,
        engines: [input.engine])
      if explanation.text.isEmpty { return "nothing is explained" }
      return JSONTree(parsing: explanation.json) == nil ? "not JSON: \(explanation.json)" : nil
    } catch {
      return "compiled, and not explained: \(error)"
    }
  }

  // MARK: Values

  /// One shape, one text, whatever the values.
  private static func shapeViolation(
    _ statement: SQLStatement, _ query: Query, _ emitter: SQLEmitter
  ) -> String? {
    let other = OtherValues.changed(query)
    guard other.shape == query.shape, let second = try? emitter.statement(for: other) else { return nil }
    if second.text != statement.text { return "one shape, two texts:\n\(statement.text)\n\(second.text)" }
    return second.bindings.count == statement.bindings.count ? nil : "one shape, two counts of bindings"
  }

  /// Bytes that no engine's SQL has stand in no statement, unless the resource's own names have them.
  private static func valueViolation(
    _ statement: SQLStatement, _ query: Query, _ emitter: SQLEmitter
  ) -> String? {
    for text in foreignTexts(query) where contains(statement.text, text) && !isOwn(text, emitter) {
      return "a value stands in the statement: \(String(decoding: text, as: UTF8.self)) in \(statement.text)"
    }
    return nil
  }

  private static func foreignTexts(_ query: Query) -> [ArraySlice<UInt8>] {
    let operands = query.operands + query.nodes.flatMap { query.operands(of: $0) }
    return operands.filter(\.hasText).map { query.bytes(of: $0) }
      .filter { $0.count > 1 && $0.contains { $0 < 0x20 || $0 >= 0x7F || $0 == UInt8(ascii: ";") } }
  }

  private static func contains(_ text: String, _ part: ArraySlice<UInt8>) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count >= part.count else { return false }
    return (0...bytes.count - part.count).contains { bytes[$0...].starts(with: part) }
  }

  private static func isOwn(_ text: ArraySlice<UInt8>, _ emitter: SQLEmitter) -> Bool {
    let resource = emitter.resource
    let tables = SQLTable(resource: resource, dialect: emitter.dialect).createStatements
    guard let plain = Query(resource), let head = try? emitter.statement(for: plain) else { return true }
    return (tables + [head.text] + resource.parameters.map { "\($0)" }).contains { contains($0, text) }
  }

  // MARK: Patterns

  private static let subjects = [
    "", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "0x1F\u{E9}\n\u{1F600} ",
    String(repeating: "ab ", count: 400),
  ]

  /// What was accepted is a pattern, within its limits, and a match ends: with an answer, or by its limits.
  private static func patternViolation(_ query: Query) -> String? {
    for node in query.nodes where node.kind == .matches {
      guard let operand = query.operand(of: node, 0) else { return "a match without a pattern" }
      let pattern = query.string(of: operand)
      if pattern.utf8.count > Swift.min(query.resource.limits.patternBytes, RegexLimits.patternBytes) {
        return "a pattern of \(pattern.utf8.count) bytes"
      }
      for subject in subjects {
        do {
          if try MatchFunction().evaluate(pattern: pattern, text: subject) == nil {
            return "no answer of a match"
          }
        } catch {
          if error.message.contains("invalid pattern") { return "accepted, and yet: \(error.message)" }
        }
      }
    }
    return nil
  }
}
