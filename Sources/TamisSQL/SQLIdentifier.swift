/// Names in SQL text, quoted whatever they contain. They come from the resource only.
package enum SQLIdentifier {
  /// `"a""b"`.
  static func quote(_ name: String, _ dialect: SQLDialect) -> [UInt8] {
    var output: [UInt8] = [dialect.identifierQuote]
    for byte in name.utf8 {
      if byte == dialect.identifierQuote { output.append(byte) }
      if byte == UInt8(ascii: "\\"), dialect.backslashes == .escapes { output.append(byte) }
      output.append(byte)
    }
    output.append(dialect.identifierQuote)
    return output
  }

  /// The parts of `schema.table`, split at dots. A part in double quotes may hold dots, and quotes twice.
  static func parts(_ name: String) -> [String] { read(name).parts }

  /// Whether a table's name is written so that it has one meaning.
  static func isTable(_ name: String) -> Bool { read(name).isWhole }

  private static func read(_ name: String) -> (parts: [String], isWhole: Bool) {
    let quote = UInt8(ascii: "\"")
    let dot = UInt8(ascii: ".")
    var parts: [[UInt8]] = [[]]
    var state = PartState.start
    var isWhole = true
    for byte in name.utf8 {
      switch (state, byte) {
      case (.start, quote): state = .quoted
      case (.start, dot), (.plain, dot), (.quoteInside, dot):
        isWhole = isWhole && state != .start
        parts.append([])
        state = .start
      case (.quoted, quote): state = .quoteInside
      case (.quoteInside, quote):
        parts[parts.count - 1].append(byte)
        state = .quoted
      case (.quoteInside, _), (.plain, quote):
        isWhole = false
        parts[parts.count - 1].append(byte)
      case (.start, _), (.plain, _):
        parts[parts.count - 1].append(byte)
        state = .plain
      case (.quoted, _): parts[parts.count - 1].append(byte)
      }
    }
    return (
      parts.map { String(decoding: $0, as: UTF8.self) }, isWhole && state != .quoted && state != .start
    )
  }

  private enum PartState {
    case start
    case plain
    case quoted
    /// After a quote that ends the part, unless another follows.
    case quoteInside
  }

  package static func table(_ name: String, _ dialect: SQLDialect) -> [UInt8] {
    Array(parts(name).map { quote($0, dialect) }.joined(separator: [UInt8(ascii: ".")]))
  }

  /// The same where a backslash may be an escape. Where that depends on the session, the text is spelled by its bytes.
  static func textLiteral(_ text: some Sequence<UInt8>, _ dialect: SQLDialect) -> [UInt8] {
    let bytes = Array(text)
    guard bytes.contains(UInt8(ascii: "\\")) else { return textLiteral(bytes) }
    switch dialect.backslashes {
    case .plain: return textLiteral(bytes)
    case .escapes, .escapesInLiterals:
      return textLiteral(bytes.flatMap { $0 == UInt8(ascii: "\\") ? [$0, $0] : [$0] })
    case .unknown: return byteLiteral(bytes)
    }
  }

  private static func byteLiteral(_ bytes: [UInt8]) -> [UInt8] {
    let digits = Array("0123456789ABCDEF".utf8)
    let hexadecimal = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return Array("CONVERT(X'".utf8) + hexadecimal + Array("' USING utf8mb4)".utf8)
  }

  /// Of a step in double quotes.
  static let inQuotes: [Unicode.Scalar: String] = ["\\": "\\\\", "\"": "\\\""]

  /// A step of a path, some of its scalars in another spelling.
  static func escaped(_ key: String, _ spellings: [Unicode.Scalar: String]) -> String {
    var output = ""
    for scalar in key.unicodeScalars {
      if let spelling = spellings[scalar] { output += spelling } else { output.unicodeScalars.append(scalar) }
    }
    return output
  }

  /// `'it''s'`, for keys that the resource declares.
  static func textLiteral(_ text: some Sequence<UInt8>) -> [UInt8] {
    var output: [UInt8] = [UInt8(ascii: "'")]
    for byte in text {
      if byte == UInt8(ascii: "'") { output.append(byte) }
      output.append(byte)
    }
    output.append(UInt8(ascii: "'"))
    return output
  }
}
