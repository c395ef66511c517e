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

  /// The parts of `schema.table`, split at dots outside double quotes.
  static func parts(_ name: String) -> [String] {
    var parts: [[UInt8]] = [[]]
    var isQuoted = false
    for byte in name.utf8 {
      switch byte {
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: ".") where !isQuoted: parts.append([])
      default: parts[parts.count - 1].append(byte)
      }
    }
    return parts.map { String(decoding: $0, as: UTF8.self) }
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
