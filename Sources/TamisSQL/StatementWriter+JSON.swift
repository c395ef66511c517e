import TamisModel

extension StatementWriter {
  /// A place inside a document that the client named, as the operand's type asks for it.
  mutating func jsonSubject(
    _ node: PredicateNode, _ document: Subject, _ kind: Operand.Kind
  ) throws(QueryError) -> Subject {
    let place = try JSONPlace(&self, node, document.expression)
    switch (node.reading, kind) {
    case (.canonicalText, _), (.notJSON, _): return canonical(place)
    case (.sameType, .text): return typed(place.string, .text)
    case (.sameType, .decimal):
      var subject = typed(place.number, dialect.json == .binary ? .numeric : .decimalText)
      subject.cast = subject.encoding.castType(dialect).map { "::" + $0 } ?? ""
      return subject
    case (.sameType, .boolean):
      return typed(place.boolean, dialect.json == .binary ? .boolean : .booleanInteger)
    case (.sameType, _): throw refusal("a comparison of JSON with this value", node)
    }
  }

  private func canonical(_ place: JSONPlace) -> Subject { typed(place.canonicalText, .scalarText) }

  private func typed(_ expression: String, _ encoding: ColumnEncoding) -> Subject {
    var subject = Subject(expression: Array(expression.utf8), encoding: encoding)
    subject.needsCollation = dialect.byteCollation != nil && encoding.isText
    return subject
  }

  /// Null where the path is missing or leads to JSON null.
  mutating func nullTestOfPath(_ node: PredicateNode, _ field: PreparedField) throws(QueryError) -> [UInt8] {
    let document = qualifies ? field.qualified : field.plain
    let place = try JSONPlace(&self, node, document.expression)
    return Array(place.nullable.utf8)
  }

  /// Canonical decimals in order: first by sign and number of whole digits, then as text.
  mutating func writeDecimalOrder(_ subject: Subject, _ comparison: Comparison, _ operand: Operand) {
    let bytes = query.bytes(of: operand)
    let isNegative = bytes.first == UInt8(ascii: "-")
    let whole = DecimalText.measure(query.buffer, operand.range).whole
    let symbol = comparison == .less || comparison == .lessOrEqual ? "<" : ">"
    let reversed = comparison == .less || comparison == .lessOrEqual ? ">" : "<"
    let orEqual = comparison == .lessOrEqual || comparison == .greaterOrEqual ? "=" : ""
    write("(SELECT s \(symbol) ")
    bind(.integer(Int64(isNegative ? -whole : whole)))
    let length = bindings.count
    write(" OR s = ")
    writePlaceholder(length)
    write(" AND CASE WHEN s > 0 THEN n \(symbol)\(orEqual) ")
    bind(.text(String(decoding: bytes, as: UTF8.self)))
    let number = bindings.count
    write(" ELSE n \(reversed)\(orEqual) ")
    writePlaceholder(number)
    write(" END FROM (SELECT n, CASE WHEN n GLOB '-*' THEN 2 - instr(n || '.', '.') ")
    write("ELSE instr(n || '.', '.') - 1 END AS s FROM (SELECT ")
    text.append(contentsOf: subject.expression)
    write(" AS n)))")
  }
}

/// The spellings of one place inside a document. Its keys are bindings.
struct JSONPlace {
  private let form: SQLDialect.JSONForm
  /// The value as JSON.
  let value: String
  /// The value as text.
  private let asText: String
  /// The JSON type.
  private let kind: String

  /// Binds the path of the node's keys.
  init(_ writer: inout StatementWriter, _ node: PredicateNode, _ document: [UInt8]) throws(QueryError) {
    form = writer.dialect.json
    let base = String(decoding: document, as: UTF8.self)
    let keys = writer.query.keys(of: node)
    if keys.contains(where: { $0.utf8.contains(0) }) { throw writer.refusal("a JSON key with a NUL", node) }
    switch form {
    case .binary:
      let numbers = keys.map { writer.added(.text($0)) }
      value = base + numbers.map { " -> $\($0)::text" }.joined()
      asText =
        numbers.isEmpty
        ? base + " #>> '{}'"
        : base + numbers.dropLast().map { " -> $\($0)::text" }.joined()
          + " ->> $\(numbers[numbers.count - 1])::text"
      kind = "jsonb_typeof(\(value))"
    case .text:
      guard let path = JSONPath.text(keys) else {
        throw writer.refusal(
          "a JSON key that is empty or holds a quote, a backslash or a control character", node)
      }
      let number = writer.added(.text(path))
      value = "\(base) -> ?\(number)"
      asText = "json_extract(\(base), ?\(number))"
      kind = "json_type(\(base), ?\(number))"
    }
  }

  var string: String {
    switch form {
    case .binary: "CASE \(kind) WHEN 'string' THEN \(asText) END"
    case .text: "CASE \(kind) WHEN 'text' THEN \(asText) END"
    }
  }

  /// Exact: a number of the engine, or canonical decimal text, which is how documents hold numbers there.
  var number: String {
    switch form {
    case .binary: "CASE \(kind) WHEN 'number' THEN (\(asText))::numeric END"
    case .text: "CASE WHEN \(kind) IN ('integer', 'real') THEN \(value) END"
    }
  }

  var boolean: String {
    switch form {
    case .binary: "CASE \(kind) WHEN 'boolean' THEN (\(asText))::boolean END"
    case .text: "CASE \(kind) WHEN 'true' THEN 1 WHEN 'false' THEN 0 END"
    }
  }

  /// The text of a string, and the canonical text of a number or boolean.
  var canonicalText: String {
    switch form {
    case .binary:
      "CASE \(kind) WHEN 'string' THEN \(asText) WHEN 'number' THEN trim_scale((\(asText))::numeric)::text "
        + "WHEN 'boolean' THEN \(asText) END"
    case .text:
      "CASE \(kind) WHEN 'text' THEN \(asText) WHEN 'integer' THEN \(value) WHEN 'real' THEN \(value) "
        + "WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' END"
    }
  }

  /// The value, null when it is missing or JSON null.
  var nullable: String {
    switch form {
    case .binary: "(\(asText))"
    case .text: asText
    }
  }
}

extension StatementWriter {
  /// Adds a binding whose placeholder the caller writes; its number.
  mutating func added(_ binding: SQLBinding) -> Int {
    bindings.append(binding)
    return bindings.count
  }
}
