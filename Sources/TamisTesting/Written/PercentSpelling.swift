/// Percent-encoding in all the ways that clients do it.
enum PercentSpelling {
  /// What would end a value or change its meaning.
  private static let reserved = Set("%&+#;".utf8)

  /// A value; the bytes of `also` are encoded too.
  static func value(_ text: String, also: String = "", _ random: inout RandomSource) -> String {
    encode(text, reserved.union(also.utf8), &random)
  }

  /// A piece of a name.
  static func name(_ text: String, _ random: inout RandomSource) -> String {
    encode(text, reserved.union("[]=".utf8), &random)
  }

  /// Brackets around a piece of a name; many clients encode them.
  static func bracket(_ text: String, _ random: inout RandomSource) -> String {
    let name = name(text, &random)
    return random.chance(15) ? "%5B" + name + "%5d" : "[" + name + "]"
  }

  private static func encode(_ text: String, _ needed: Set<UInt8>, _ random: inout RandomSource) -> String {
    let encodesAll = random.chance(5)
    let encodesMore = random.chance(20)
    let encodesUnicode = random.chance(60)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      let isPlain = byte > 0x20 && byte != 0x7F && !needed.contains(byte) && (byte < 0x80 || !encodesUnicode)
      if byte == 0x20, random.chance(50) {
        bytes.append(0x2B)
      } else if isPlain, !encodesAll, !(encodesMore && byte < 0x80 && random.chance(20)) {
        bytes.append(byte)
      } else {
        bytes += escape(byte, &random)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func escape(_ byte: UInt8, _ random: inout RandomSource) -> [UInt8] {
    let digits = Array((random.chance(70) ? "0123456789ABCDEF" : "0123456789abcdef").utf8)
    return [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
  }
}

/// JSON with blanks and escapes that say the same.
enum JSONSpelling {
  static func text(_ tree: JSONTree, _ random: inout RandomSource) -> String {
    let gap = random.chance(70) ? "" : random.pick([" ", " ", "\t "])
    return text(tree, gap, &random)
  }

  private static func text(_ tree: JSONTree, _ gap: String, _ random: inout RandomSource) -> String {
    switch tree {
    case .null, .boolean, .number: tree.description
    case .string(let text): string(text, &random)
    case .array(let items):
      "[" + gap + items.map { text($0, gap, &random) }.joined(separator: gap + ",") + gap + "]"
    case .object(let members):
      "{" + gap
        + members.map { string($0.name, &random) + gap + ":" + gap + text($0.value, gap, &random) }
        .joined(separator: "," + gap) + gap + "}"
    }
  }

  private static func string(_ text: String, _ random: inout RandomSource) -> String {
    let escapes = random.chance(20)
    let pieces = text.unicodeScalars.map { scalar -> String in
      guard escapes, random.chance(40) else {
        // By scalars: a combining mark would take the quote before it along.
        let quoted = JSONTree.string(String(scalar)).description.unicodeScalars
        return String(String.UnicodeScalarView(quoted.dropFirst().dropLast()))
      }
      return String(scalar).utf16.map { unit in
        let digits = String(unit, radix: 16, uppercase: random.chance(50))
        return "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
      }.joined()
    }
    return "\"" + pieces.joined() + "\""
  }
}
