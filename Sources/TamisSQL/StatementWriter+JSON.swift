import TamisModel

extension StatementWriter {
  /// A place inside a document that the client named, as the operand's type asks for it.
  mutating func jsonSubject(
    _ node: PredicateNode, _ document: Subject, _ kind: Operand.Kind
  ) throws(QueryError) -> Subject {
    if let prepared = try preparedCanonicalText(node) { return prepared }
    let mayReadNumbers = node.reading != .sameType || kind == .decimal
    if mayReadNumbers, prepared.dialect.jsonFunctions?.readsNumbers == false {
      throw refusal("a comparison that may read a JSON number", node)
    }
    let place = try JSONPlace(&self, node, document.expression)
    switch (node.reading, kind) {
    case (.canonicalText, _), (.notJSON, _): return canonical(place)
    case (.sameType, .text): return typed(place.string, .text)
    case (.sameType, .decimal):
      return typed(place.number, prepared.dialect.json == .binary ? .numeric : .decimalText)
    case (.sameType, .boolean):
      return typed(place.boolean, prepared.dialect.json == .text ? .booleanInteger : .boolean)
    case (.numericText, .decimal):
      guard prepared.dialect.jsonFunctions == nil else {
        throw refusal("JSON texts read as numbers", node)
      }
      return typed(place.numericText, prepared.dialect.json == .binary ? .numeric : .decimalText)
    case (.sameType, _), (.numericText, _): throw refusal("a comparison of JSON with this value", node)
    }
  }

  /// `meta_data.tier_eq=gold`, one key read as text, is what nearly every request asks: its expression is prepared
  /// but for the number of the key's binding.
  private mutating func preparedCanonicalText(_ node: PredicateNode) throws(QueryError) -> Subject? {
    guard node.hasPath, case .canonicalText = node.reading, case .binary = prepared.dialect.json else {
      return nil
    }
    let key = query.bytes(of: query.operands[Int(node.path)])
    if key.contains(0) || key.contains(Operand.keySeparator) { return nil }
    let field = prepared.fields[node.field.index]
    let number = try added(BindingSlot(source: .key, node: UInt32(clamping: current)))
    let template = qualifies ? field.qualifiedKeyText : field.plainKeyText
    return typed(template.filled(with: number), .scalarText)
  }

  private func canonical(_ place: JSONPlace) -> Subject { typed(place.canonicalText, .scalarText) }

  private func typed(_ expression: [UInt8], _ encoding: ColumnEncoding) -> Subject {
    Subject(
      expression: expression, encoding: encoding,
      needsCollation: prepared.dialect.byteCollation != nil && encoding.isText,
      parameter: encoding.parameter(prepared.dialect))
  }

  /// Null where the path is missing or leads to JSON null.
  mutating func nullTestOfPath(_ node: PredicateNode, _ field: PreparedField) throws(QueryError) -> [UInt8] {
    let document = qualifies ? field.qualified : field.plain
    let place = try JSONPlace(&self, node, document.expression)
    return place.nullable
  }

  /// Canonical decimals in order: first by sign and number of whole digits, then as text.
  mutating func writeDecimalOrder(_ subject: Subject, _ comparison: Comparison, _ operand: Operand) {
    let bytes = query.bytes(of: operand)
    let isNegative = bytes.first == UInt8(ascii: "-")
    let whole = DecimalText.measure(query.buffer, operand.range).whole
    let symbol = comparison == .less || comparison == .lessOrEqual ? "<" : ">"
    let reversed = comparison == .less || comparison == .lessOrEqual ? ">" : "<"
    let orEqual = comparison == .lessOrEqual || comparison == .greaterOrEqual ? "=" : ""
    // By number throughout: the path's binding comes before these, and its placeholder after them.
    let length = added(.integer(Int64(isNegative ? -whole : whole)))
    let number = added(.text(String(decoding: bytes, as: UTF8.self)))
    if let functions = prepared.dialect.jsonFunctions {
      return writeDecimalOrder(subject, functions, symbol, reversed, orEqual, length, number)
    }
    write("(SELECT s ")
    writePrepared(symbol)
    write(" ")
    writePlaceholder(length)
    write(" OR s = ")
    writePlaceholder(length)
    write(" AND CASE WHEN s > 0 THEN n ")
    writePrepared(symbol + orEqual)
    write(" ")
    writePlaceholder(number)
    write(" ELSE n ")
    writePrepared(reversed + orEqual)
    write(" ")
    writePlaceholder(number)
    write(" END FROM (SELECT n, CASE WHEN n GLOB '-*' THEN 2 - instr(n || '.', '.') ")
    write("ELSE instr(n || '.', '.') - 1 END AS s FROM (SELECT ")
    text.append(contentsOf: subject.expression)
    write(" AS n)))")
  }
}

extension StatementWriter {
  /// The same on engines whose functions read documents. The number of whole digits is written where it is used: not
  /// every engine lets a query in FROM see the row.
  private mutating func writeDecimalOrder(
    _ subject: Subject, _ functions: JSONFunctions, _ symbol: String, _ reversed: String, _ orEqual: String,
    _ length: Int, _ number: Int
  ) {
    let place = functions.pointPlace
    let size = "CASE WHEN n LIKE '-%' THEN 2 - \(place) ELSE \(place) - 1 END"
    let collation = prepared.dialect.byteCollation ?? ""
    let (length, number) = (placeholder(length), placeholder(number))
    let order =
      "\(size) \(symbol) \(length) OR \(size) = \(length) AND CASE WHEN n NOT LIKE '-%' "
      + "THEN n\(collation) \(symbol + orEqual) \(number) ELSE n\(collation) \(reversed + orEqual) \(number) END"
    writePrepared(functions.letting(String(decoding: subject.expression, as: UTF8.self), order))
  }
}

/// An expression in which the number of one binding is still open.
struct BindingTemplate: Sendable {
  /// Cut where the number stands.
  private let pieces: [[UInt8]]
  private let byteCount: Int

  /// - Parameter make: gives the expression for a binding's number.
  init(_ make: (Int) -> [UInt8]) {
    let number = Self.mark(make)
    let mark = Array(String(number).utf8)
    var pieces: [[UInt8]] = [[]]
    var rest = make(number)[...]
    while !rest.isEmpty {
      if rest.starts(with: mark) {
        pieces.append([])
        rest = rest.dropFirst(mark.count)
      } else {
        pieces[pieces.count - 1].append(rest.removeFirst())
      }
    }
    self.pieces = pieces
    byteCount = pieces.reduce(0) { $0 + $1.count + 5 }
  }

  /// A number that no name or literal of the expression holds: it does not stand in the expression of another.
  private static func mark(_ make: (Int) -> [UInt8]) -> Int {
    var number = 1_234_567_891
    while make(number + 1).contains(String(number).utf8) { number += 7_919 }
    return number
  }

  func filled(with number: Int) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(byteCount)
    for index in pieces.indices {
      if index > 0 { FixedDigits.append(number, width: 1, to: &output) }
      output.append(contentsOf: pieces[index])
    }
    return output
  }
}

/// The spellings of one place inside a document. Its keys are bindings.
struct JSONPlace {
  private let form: SQLDialect.JSONForm
  /// The value as JSON.
  let value: [UInt8]
  /// The value as text.
  private let asText: [UInt8]
  /// The JSON type.
  private let kind: [UInt8]
  /// Where the engine's own functions read documents.
  private(set) var call: JSONCall?

  /// Binds the path of the node's keys.
  init(_ writer: inout StatementWriter, _ node: PredicateNode, _ document: [UInt8]) throws(QueryError) {
    form = writer.prepared.dialect.json
    let keys = writer.query.keys(of: node)
    if keys.contains(where: { $0.utf8.contains(0) }) { throw writer.refusal("a JSON key with a NUL", node) }
    switch form {
    case .binary:
      let numbers = keys.map { writer.added(.text($0)) }
      value = Self.steps(document, numbers, lastAsText: false)
      asText = Self.steps(document, numbers, lastAsText: true)
      kind = Self.call("jsonb_typeof(", value, nil)
    case .text:
      guard let path = JSONPath.text(keys) else {
        throw writer.refusal(
          "a JSON key that is empty or holds a quote, a backslash or a control character", node)
      }
      let number = writer.added(.text(path))
      var value = document
      value.append(" -> ?")
      FixedDigits.append(number, width: 1, to: &value)
      self.value = value
      asText = Self.call("json_extract(", document, number)
      kind = Self.call("json_type(", document, number)
    case .functions:
      let dialect = writer.prepared.dialect
      guard let functions = dialect.jsonFunctions, let steps = functions.path(keys) else {
        throw writer.refusal("a JSON key that its paths can not spell", node)
      }
      let call = JSONCall(document, steps.map { writer.placed(.text($0)) }, functions)
      (value, asText, kind) = (call.value, [], [])
      self.call = call
    }
  }

  /// For one key of a binary document, by its binding's number.
  init(_ document: [UInt8], binding number: Int) {
    form = .binary
    value = Self.steps(document, [number], lastAsText: false)
    asText = Self.steps(document, [number], lastAsText: true)
    kind = Self.call("jsonb_typeof(", value, nil)
  }

  // "doc" -> $1::text ->> $2::text
  private static func steps(_ document: [UInt8], _ numbers: [Int], lastAsText: Bool) -> [UInt8] {
    var output = document
    output.reserveCapacity(document.count + numbers.count * 16 + 16)
    for (index, number) in numbers.enumerated() {
      output.append(lastAsText && index == numbers.count - 1 ? " ->> $" : " -> $")
      FixedDigits.append(number, width: 1, to: &output)
      output.append("::text")
    }
    if lastAsText, numbers.isEmpty { output.append(" #>> '{}'") }
    return output
  }

  /// A function of the expression, and of a binding used again.
  private static func call(_ opening: StaticString, _ expression: [UInt8], _ binding: Int?) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(expression.count + 24)
    output.append(opening)
    output.append(contentsOf: expression)
    if let binding {
      output.append(", ?")
      FixedDigits.append(binding, width: 1, to: &output)
    }
    output.append(")")
    return output
  }

  /// `CASE kind … END`
  private func byKind(_ write: (inout [UInt8]) -> Void) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(kind.count + 3 * asText.count + 160)
    output.append("CASE ")
    output.append(contentsOf: kind)
    write(&output)
    output.append(" END")
    return output
  }

  var string: [UInt8] {
    if let call { return call.string }
    return byKind {
      $0.append(form == .binary ? " WHEN 'string' THEN " : " WHEN 'text' THEN ")
      $0.append(contentsOf: asText)
    }
  }

  /// Exact: a number of the engine, or canonical decimal text, which is how documents hold numbers there.
  var number: [UInt8] {
    if let call { return call.number }
    return byKind {
      switch form {
      case .binary:
        $0.append(" WHEN 'number' THEN (")
        $0.append(contentsOf: asText)
        $0.append(")::numeric")
      case .text, .functions: appendNumber(&$0)
      }
    }
  }

  var boolean: [UInt8] {
    if let call { return call.boolean }
    return byKind {
      switch form {
      case .binary:
        $0.append(" WHEN 'boolean' THEN (")
        $0.append(contentsOf: asText)
        $0.append(")::boolean")
      case .text, .functions: $0.append(" WHEN 'true' THEN 1 WHEN 'false' THEN 0")
      }
    }
  }

  /// The text of a string, and the canonical text of a number or boolean.
  var canonicalText: [UInt8] {
    if let call { return call.canonicalText }
    return byKind {
      switch form {
      case .binary:
        $0.append(" WHEN 'string' THEN ")
        $0.append(contentsOf: asText)
        $0.append(" WHEN 'number' THEN trim_scale((")
        $0.append(contentsOf: asText)
        $0.append(")::numeric)::text WHEN 'boolean' THEN ")
        $0.append(contentsOf: asText)
      case .text, .functions:
        $0.append(" WHEN 'text' THEN ")
        $0.append(contentsOf: asText)
        appendNumber(&$0)
        $0.append(" WHEN 'true' THEN 'true' WHEN 'false' THEN 'false'")
      }
    }
  }

  /// A number, or the one that a string spells, as exact as `number`.
  var numericText: [UInt8] {
    byKind {
      switch form {
      case .binary:
        $0.append(" WHEN 'number' THEN (")
        $0.append(contentsOf: asText)
        $0.append(")::numeric WHEN 'string' THEN CASE WHEN length(")
        $0.append(contentsOf: asText)
        // `DecimalText.isPlainNumber`
        $0.append(") <= 1000 AND (")
        $0.append(contentsOf: asText)
        $0.append(") ~ '^[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)$' THEN (")
        $0.append(contentsOf: asText)
        $0.append(")::numeric END")
      case .text, .functions:
        appendNumber(&$0)
        $0.append(" WHEN 'text' THEN ")
        appendSpelledNumber(&$0)
      }
    }
  }

  /// Canonical digits of a text: its sign `g`, then the digits `w` before and `f` after the point, without the zeros
  /// that say nothing.
  private func appendSpelledNumber(_ output: inout [UInt8]) {
    output.append("(SELECT CASE WHEN w || f = '' THEN '0' ELSE g || CASE w WHEN '' THEN '0' ELSE w END ")
    output.append("|| CASE f WHEN '' THEN '' ELSE '.' || f END END FROM (SELECT g, ")
    output.append("ltrim(substr(b, 1, instr(b || '.', '.') - 1), '0') AS w, ")
    output.append("rtrim(substr(b, instr(b || '.', '.') + 1), '0') AS f FROM (SELECT ")
    output.append("CASE WHEN t GLOB '-*' THEN '-' ELSE '' END AS g, ")
    output.append("CASE WHEN t GLOB '[-+]*' THEN substr(t, 2) ELSE t END AS b FROM (SELECT ")
    output.append(contentsOf: asText)
    output.append(" AS t) WHERE length(t) <= 1000) WHERE b GLOB '*[0-9]*' ")
    output.append("AND b NOT GLOB '*[^0-9.]*' AND length(b) - length(replace(b, '.', '')) < 2))")
  }

  private func appendNumber(_ output: inout [UInt8]) {
    output.append(" WHEN 'integer' THEN ")
    output.append(contentsOf: value)
    output.append(" WHEN 'real' THEN ")
    output.append(contentsOf: value)
  }

  /// The value, null when it is missing or JSON null.
  var nullable: [UInt8] {
    if let call { return call.nullable }
    switch form {
    case .binary: return Self.call("(", asText, nil)
    case .text, .functions: return asText
    }
  }
}

extension StatementWriter {
  /// Adds a binding whose placeholder the caller writes; its number.
  mutating func added(_ slot: BindingSlot) throws(QueryError) -> Int {
    bindings.append(try query.value(slot, prepared.dialect))
    slots?.append(slot)
    return bindings.count
  }

  /// The placeholder of a value that only this query has.
  mutating func placed(_ binding: SQLBinding) -> String {
    placeholder(added(binding))
  }

  /// The same for a value that only this query has.
  mutating func added(_ binding: SQLBinding) -> Int {
    slots = nil
    bindings.append(binding)
    return bindings.count
  }
}
