/// Finds the first JSON value of a text, as the decoder of Go's `encoding/json` does: what follows it is never looked
/// at. A fault is told in the decoder's words.
///
/// No recursion: open arrays and objects stand on a stack. `JSONDocument` reads the value itself.
struct GoJSONScanner {
  enum Outcome: Hashable {
    /// The value's bytes.
    case value(Range<Int>)
    /// The decoder's words, and where.
    case fault(String, at: Int)
  }

  private enum Expectation {
    case value
    case valueOrEnd
    case key
    case keyOrEnd
    case colon
    case commaOrEnd
  }

  private struct Fault: Error {
    var message: String
    var place: Int
  }

  private let source: [UInt8]
  private var index = 0
  /// Open containers; whether each is an object.
  private var stack: [Bool] = []

  static func scan(_ source: [UInt8]) -> Outcome {
    var scanner = GoJSONScanner(source: source)
    do {
      return .value(try scanner.firstValue())
    } catch {
      return .fault(error.message, at: error.place)
    }
  }

  private init(source: [UInt8]) {
    self.source = source
  }

  private mutating func firstValue() throws(Fault) -> Range<Int> {
    skipBlanks()
    guard index < source.count else { throw Fault(message: "EOF", place: index) }
    let start = index
    var expectation = Expectation.value
    repeat {
      skipBlanks()
      expectation = try step(expectation, try byte())
    } while !stack.isEmpty
    return start..<index
  }

  private mutating func step(_ expectation: Expectation, _ byte: UInt8) throws(Fault) -> Expectation {
    switch expectation {
    case .value: return try value(byte)
    case .valueOrEnd: return byte == UInt8(ascii: "]") ? close() : try value(byte)
    case .keyOrEnd: return byte == UInt8(ascii: "}") ? close() : try key(byte)
    case .key: return try key(byte)
    case .colon:
      guard byte == UInt8(ascii: ":") else { throw invalid("after object key") }
      index += 1
      return .value
    case .commaOrEnd: return try commaOrEnd(byte)
    }
  }

  private mutating func value(_ byte: UInt8) throws(Fault) -> Expectation {
    switch byte {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      // Go: ten thousand levels.
      guard stack.count < 10_000 else { throw Fault(message: "exceeded max depth", place: index) }
      stack.append(byte == UInt8(ascii: "{"))
      index += 1
      return byte == UInt8(ascii: "{") ? .keyOrEnd : .valueOrEnd
    case UInt8(ascii: "\""): try string()
    case UInt8(ascii: "t"): try literal("true")
    case UInt8(ascii: "f"): try literal("false")
    case UInt8(ascii: "n"): try literal("null")
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number()
    default: throw invalid("looking for beginning of value")
    }
    return .commaOrEnd
  }

  private mutating func close() -> Expectation {
    index += 1
    stack.removeLast()
    return .commaOrEnd
  }

  private mutating func key(_ byte: UInt8) throws(Fault) -> Expectation {
    guard byte == UInt8(ascii: "\"") else { throw invalid("looking for beginning of object key string") }
    try string()
    return .colon
  }

  private mutating func commaOrEnd(_ byte: UInt8) throws(Fault) -> Expectation {
    let isObject = stack.last ?? false
    if byte == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) { return close() }
    guard byte == UInt8(ascii: ",") else {
      throw invalid(isObject ? "after object key:value pair" : "after array element")
    }
    index += 1
    return isObject ? .key : .value
  }

  // MARK: Scalars

  private mutating func string() throws(Fault) {
    index += 1
    while true {
      switch try byte() {
      case UInt8(ascii: "\""):
        index += 1
        return
      case UInt8(ascii: "\\"): try escape()
      case 0..<0x20: throw invalid("in string literal")
      default: index += 1
      }
    }
  }

  private mutating func escape() throws(Fault) {
    index += 1
    let isUnicode = try byte() == UInt8(ascii: "u")
    guard isUnicode || "bfnrt\\/\"".utf8.contains(source[index]) else {
      throw invalid("in string escape code")
    }
    index += 1
    guard isUnicode else { return }
    for _ in 0..<4 {
      let digit = try byte()
      guard digit &- 48 < 10 || (digit | 0x20) &- 97 < 6 else {
        throw invalid("in \\u hexadecimal character escape")
      }
      index += 1
    }
  }

  private mutating func literal(_ word: String) throws(Fault) {
    for expected in word.utf8 {
      guard try byte() == expected else {
        throw invalid("in literal \(word) (expecting '\(Unicode.Scalar(expected))')")
      }
      index += 1
    }
  }

  // number = [ "-" ] int [ "." 1*DIGIT ] [ "e" [ "-" / "+" ] 1*DIGIT ]
  private mutating func number() throws(Fault) {
    if source[index] == UInt8(ascii: "-") { index += 1 }
    if try byte() == UInt8(ascii: "0") {
      index += 1
    } else {
      try digits("in numeric literal")
    }
    if index < source.count, source[index] == UInt8(ascii: ".") {
      index += 1
      try digits("after decimal point in numeric literal")
    }
    if index < source.count, source[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      let sign = try byte()
      if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { index += 1 }
      try digits("in exponent of numeric literal")
    }
  }

  private mutating func digits(_ context: String) throws(Fault) {
    guard try byte() &- 48 < 10 else { throw invalid(context) }
    while index < source.count, source[index] &- 48 < 10 { index += 1 }
  }

  // MARK: Bytes

  private mutating func skipBlanks() {
    while index < source.count, [0x20, 0x09, 0x0A, 0x0D].contains(source[index]) { index += 1 }
  }

  private func byte() throws(Fault) -> UInt8 {
    guard index < source.count else { throw Fault(message: "unexpected EOF", place: index) }
    return source[index]
  }

  private func invalid(_ context: String) -> Fault {
    Fault(message: "invalid character \(Self.quoted(source[index])) \(context)", place: index)
  }

  /// Go: a byte as a character in quotes.
  private static func quoted(_ byte: UInt8) -> String {
    switch byte {
    case UInt8(ascii: "'"): return "'\\''"
    case UInt8(ascii: "\\"): return "'\\\\'"
    case 7...13: return ["'\\a'", "'\\b'", "'\\t'", "'\\n'", "'\\v'", "'\\f'", "'\\r'"][Int(byte) - 7]
    case 0x20...0x7E, 0xA1...0xAC, 0xAE...0xFF: return "'\(Unicode.Scalar(byte))'"
    default:
      let digits = String(byte, radix: 16)
      let padded = digits.utf8.count < 2 ? "0" + digits : digits
      return byte < 0x80 ? "'\\x\(padded)'" : "'\\u00\(padded)'"
    }
  }
}
