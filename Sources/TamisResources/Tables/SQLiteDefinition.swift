import TamisModel

/// Finds the collations of columns in a `CREATE TABLE`: the one fact about a column that no pragma tells.
enum SQLiteDefinition {
  /// By the column's name in small letters; the collation in capitals.
  static func collations(_ sql: String) -> [String: String] {
    var scanner = Scanner(bytes: Array(sql.utf8))
    var result: [String: String] = [:]
    var depth = 0
    var column: String?
    var expectsName = false
    var expectsCollation = false
    while let token = scanner.next() {
      switch token {
      case .open:
        depth += 1
        if depth == 1 { expectsName = true }
      case .close: depth -= 1
      case .comma:
        if depth == 1 { expectsName = true }
      case .word(let text, _) where expectsName && depth == 1:
        column = text.asciiLowercased
        expectsName = false
      case .word(let text, _) where expectsCollation:
        if let column { result[column] = text.uppercasedASCII }
        expectsCollation = false
      case .word(let text, let isQuoted):
        expectsCollation = depth == 1 && !isQuoted && text.asciiLowercased == "collate"
      case .other: break
      }
    }
    return result
  }

  private enum Token {
    case open, close, comma, other
    case word(String, isQuoted: Bool)
  }

  /// Names, quoted or not; comments and texts are passed over.
  private struct Scanner {
    let bytes: [UInt8]
    var index = 0

    mutating func next() -> Token? {
      skipBlanks()
      guard index < bytes.count else { return nil }
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "("): return step(.open)
      case UInt8(ascii: ")"): return step(.close)
      case UInt8(ascii: ","): return step(.comma)
      case UInt8(ascii: "\""), UInt8(ascii: "`"), UInt8(ascii: "'"): return quoted(until: byte)
      case UInt8(ascii: "["): return quoted(until: UInt8(ascii: "]"))
      default: return isWord(byte) ? word() : step(.other)
      }
    }

    private mutating func step(_ token: Token) -> Token {
      index += 1
      return token
    }

    private mutating func skipBlanks() {
      while index < bytes.count {
        if bytes[index] <= 0x20 {
          index += 1
        } else if starts(with: "--") {
          while index < bytes.count, bytes[index] != 10 { index += 1 }
        } else if starts(with: "/*") {
          index += 2
          while index < bytes.count, !starts(with: "*/") { index += 1 }
          index = min(index + 2, bytes.count)
        } else {
          return
        }
      }
    }

    private func starts(with text: StaticString) -> Bool {
      bytes[index...].starts(with: text.description.utf8)
    }

    /// A doubled mark is one of the name's.
    private mutating func quoted(until mark: UInt8) -> Token {
      var name: [UInt8] = []
      index += 1
      while index < bytes.count {
        if bytes[index] == mark {
          guard index + 1 < bytes.count, bytes[index + 1] == mark else { break }
          index += 1
        }
        name.append(bytes[index])
        index += 1
      }
      index += 1
      return .word(String(decoding: name, as: UTF8.self), isQuoted: true)
    }

    private mutating func word() -> Token {
      let start = index
      while index < bytes.count, isWord(bytes[index]) { index += 1 }
      return .word(String(decoding: bytes[start..<index], as: UTF8.self), isQuoted: false)
    }

    private func isWord(_ byte: UInt8) -> Bool {
      (byte | 0x20) &- 97 < 26 || byte &- 48 < 10 || byte == UInt8(ascii: "_") || byte >= 0x80
        || byte == UInt8(ascii: "$")
    }
  }
}

extension String {
  fileprivate var uppercasedASCII: String {
    String(decoding: utf8.map { $0 &- 97 < 26 ? $0 & 0xDF : $0 }, as: UTF8.self)
  }
}
