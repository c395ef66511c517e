import TamisModel
import TamisSyntax

/// A value as the server takes it for its look, whatever the column is.
struct GuessedValue {
  enum Kind {
    /// Of a body only: comparing with it is never true.
    case null
    case number(GoNumber)
    case boolean(Bool)
    /// Of a query string only.
    case time(GoTime)
    case text
    /// An array or an object of a body.
    case compound
  }

  var kind: Kind
  /// As it is written, decoded.
  var text: ParsedText

  var isNull: Bool { if case .null = kind { true } else { false } }
}

/// A filter that passed the server's own checks.
struct GuessedCriterion {
  var field: FieldID
  /// The key inside a JSON field.
  var key: Range<Int>?
  var operation: Operator
  /// One, two, or as many as a list has; none of a null test.
  var values: [GuessedValue]
  /// Name and value.
  var span: SourceSpan
  /// For reports.
  var parameter: String
  /// Whether an equality with a time is widened to its precision.
  var widensTimes = true
}

extension PlanningSession {
  // MARK: Guessing

  /// Blnk: a whole number, a floating-point number, `true` or `false`, a time, else text: the first that fits.
  mutating func guess(_ text: ParsedText) -> GuessedValue {
    if let number = GoNumber.read(&parsed.buffer, text.range, digitLimit: resource.limits.digits) {
      return GuessedValue(kind: .number(number), text: text)
    }
    if parsed.bytes(of: text).elementsEqual("true".utf8) {
      return GuessedValue(kind: .boolean(true), text: text)
    }
    if parsed.bytes(of: text).elementsEqual("false".utf8) {
      return GuessedValue(kind: .boolean(false), text: text)
    }
    if let time = GoTime.read(parsed.buffer, text.range) {
      return GuessedValue(kind: .time(time), text: text)
    }
    return GuessedValue(kind: .text, text: text)
  }

  /// Blnk: a body's JSON types are taken as they are; its strings are not looked at.
  mutating func bodyValue(_ value: ParsedValue) -> GuessedValue {
    let kind: GuessedValue.Kind
    switch value.kind {
    case .absent, .jsonNull: kind = .null
    case .jsonTrue: kind = .boolean(true)
    case .jsonFalse: kind = .boolean(false)
    case .jsonNumber: kind = .number(jsonNumber(value.text))
    case .jsonString, .urlText: kind = .text
    case .jsonArray, .jsonObject, .list: kind = .compound
    }
    return GuessedValue(kind: kind, text: value.text)
  }

  private mutating func jsonNumber(_ text: ParsedText) -> GoNumber {
    let number = GoNumber.read(&parsed.buffer, text.range, digitLimit: resource.limits.digits)
    // Go: every number of a body is a float64, which has a zero with a sign.
    if case .finite(let digits) = number, parsed.buffer[digits].elementsEqual("0".utf8),
      parsed.buffer[text.range].first == UInt8(ascii: "-")
    {
      return .negativeZero
    }
    return number ?? .tooManyDigits
  }

  // MARK: On the wire

  /// The text that the driver sends for a value. Nil for null and for what it refuses.
  mutating func wireText(_ value: GuessedValue) -> Range<Int>? {
    switch value.kind {
    case .null, .compound: return nil
    case .text: return value.text.range
    case .boolean(let flag): return append(flag ? "true" : "false")
    case .number(let number): return wireText(number)
    case .time(let time):
      let start = parsed.buffer.count
      time.append(to: &parsed.buffer)
      return start..<parsed.buffer.count
    }
  }

  private mutating func wireText(_ number: GoNumber) -> Range<Int>? {
    switch number {
    case .finite(let digits): return digits
    case .negativeZero: return append("-0")
    case .notANumber: return append("NaN")
    case .infinity(let isNegative): return append(isNegative ? "-Inf" : "+Inf")
    case .tooManyDigits: return nil
    }
  }

  mutating func append(_ text: String) -> Range<Int> { append(Array(text.utf8)) }

  mutating func append(_ bytes: [UInt8]) -> Range<Int> {
    let start = parsed.buffer.count
    parsed.buffer.append(contentsOf: bytes)
    return start..<parsed.buffer.count
  }
}
