import TamisModel
import TamisRegex

extension StatementWriter {
  /// `indicator_matches=^sav` · PostgreSQL `("indicator" COLLATE "C" ~ $1)` · SQLite `tamis_matches(?1, "indicator")`
  mutating func writeMatches(_ node: PredicateNode, _ isNegated: Bool) throws(QueryError) {
    guard let operand = operand(node, 0), operand.kind == .text else {
      throw refusal("a regular expression without text", node)
    }
    // The dialect first: what it can not run is refused whatever else is wrong.
    let pattern = try patternText(node, operand)
    let subject = try subject(node, .text)
    guard subject.encoding == .text || subject.encoding == .scalarText else {
      throw refusal("a regular expression on a field that is not text", node)
    }
    switch prepared.dialect.regex {
    case .none: throw refusal("regular expressions", node)
    case .function(let name): writeCall(name, subject, pattern, isNegated)
    case .advancedExpressions: writeOperator(subject, pattern, isNegated)
    case .linear(let name): writeLinear(name, subject, pattern, isNegated)
    }
  }

  private mutating func writeCall(_ name: String, _ subject: Subject, _ pattern: String, _ isNegated: Bool) {
    if isNegated { write("NOT ") }
    writePrepared(name)
    write("(")
    // By number: the text's own bindings come before this one, and their placeholders after it.
    writePlaceholder(added(.text(pattern)))
    write(", ")
    text.append(contentsOf: subject.expression)
    write(")")
  }

  private mutating func writeLinear(_ name: String, _ subject: Subject, _ pattern: String, _ isNegated: Bool)
  {
    if isNegated { write("NOT ") }
    writePrepared(name)
    write("(")
    text.append(contentsOf: subject.expression)
    write(", ")
    bind(.text(pattern))
    write(")")
  }

  /// The byte collation keeps classes and word boundaries to ASCII whatever the column's own says.
  private mutating func writeOperator(_ subject: Subject, _ pattern: String, _ isNegated: Bool) {
    write("(")
    text.append(contentsOf: subject.expression)
    if let collation = prepared.dialect.byteCollation { writePrepared(collation) }
    write(isNegated ? " !~ " : " ~ ")
    bind(.text(pattern))
    write(")")
  }

  /// The pattern as the engine reads it.
  private func patternText(_ node: PredicateNode, _ operand: Operand) throws(QueryError) -> String {
    switch prepared.dialect.regex {
    case .none: throw refusal("regular expressions", node)
    case .function: return query.string(of: operand)
    case .advancedExpressions, .linear:
      do {
        return try translated(Array(query.bytes(of: operand)))
      } catch {
        throw refusal("\(error.reason) in a regular expression", at: span(of: error, in: operand, node))
      }
    }
  }

  private func translated(_ pattern: [UInt8]) throws(RegexFault) -> String {
    let subset = try RegexSubset(pattern)
    if case .linear = prepared.dialect.regex { return try subset.re2(pattern) }
    return subset.postgreSQL
  }

  /// The construct, where it is known how the client spelled the pattern.
  private func span(of fault: RegexFault, in operand: Operand, _ node: PredicateNode) -> SourceSpan {
    let place = Int(node.firstOperand)
    guard query.operands.indices.contains(place), query.operands[place].kind == .patternPlace else {
      return query.span(of: node)
    }
    return PatternPlace(query.operands[place]).span(
      ofBytes: fault.bytes, of: operand.range, in: query.buffer)
  }
}
