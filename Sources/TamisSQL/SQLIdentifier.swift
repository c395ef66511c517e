/// Names in SQL text, quoted whatever they contain. They come from the resource only.
package enum SQLIdentifier {
  /// `"a""b"`.
  static func quote(_ name: String, _ dialect: SQLDialect) -> [UInt8] {
    var output: [UInt8] = [dialect.identifierQuote]
    for byte in name.utf8 {
      if byte == dialect.identifierQuote { output.append(byte) }
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
