import TamisModel

extension StatementWriter {
  mutating func writePattern(_ node: PredicateNode, _ isNegated: Bool) throws(QueryError) {
    guard let operand = operand(node, 0) else { throw refusal("a pattern without text", node) }
    let patternClass = TextPattern.classify(query.buffer, operand.range)
    if patternClass == .everything, isNegated { return try writeNothing(node) }
    var subject = try subject(node, .text)
    guard subject.encoding == .text || subject.encoding == .scalarText else {
      throw refusal("a pattern on a field that is not text", node)
    }
    if patternClass == .everything { return writeEverything(subject) }
    if node.ignoresCase { subject = folded(subject) }
    switch patternClass {
    case .exact, .everything: try writeTest(subject, isNegated: isNegated)
    case .prefix: try writePrefix(subject, isNegated)
    case .contains: try writeContains(subject, isNegated)
    case .suffix, .general: try writeGeneral(subject, isNegated)
    }
  }

  private mutating func writeEverything(_ subject: Subject) {
    text.append(contentsOf: subject.expression)
    write(" IS NOT NULL")
  }

  /// NOT LIKE '%' is false for a text and unknown for null.
  private mutating func writeNothing(_ node: PredicateNode) throws(QueryError) {
    _ = try preparedField(node.field, at: query.span(of: node))
    write(false)
  }

  /// ASCII folding: the byte collation has no other letters, and SQLite's `lower` knows none.
  private func folded(_ subject: Subject) -> Subject {
    let folding = prepared.dialect.asciiFolding
    return Subject(
      expression: Array(folding.opening.utf8) + subject.expression + Array(folding.closing.utf8),
      encoding: subject.encoding, needsCollation: prepared.dialect.equality == .folding)
  }

  private mutating func writeTest(_ subject: Subject, isNegated: Bool) throws(QueryError) {
    let isChecked = !isNegated && isCheckedAgain(subject)
    if isChecked { write("(") }
    text.append(contentsOf: subject.expression)
    if !isChecked { writeCollationOfEquality(subject) }
    write(isNegated ? " <> " : " = ")
    try bind(.wholePattern)
    if isChecked { writeCheck(subject, bindings.count) }
  }

  /// From the prefix to its successor, so that an index serves it.
  private mutating func writePrefix(_ subject: Subject, _ isNegated: Bool) throws(QueryError) {
    if subject.texts == .byPattern { return try writePatternPrefix(subject, isNegated) }
    write("(")
    text.append(contentsOf: subject.expression)
    writeCollation(subject)
    write(isNegated ? " < " : " >= ")
    try bind(.prefix)
    write(isNegated ? " OR " : " AND ")
    text.append(contentsOf: subject.expression)
    writeCollation(subject)
    write(isNegated ? " >= " : " < ")
    try bind(.successor)
    write(")")
  }

  /// The same by the operators of the order that the index has, which compare bytes whatever the collation.
  private mutating func writePatternPrefix(_ subject: Subject, _ isNegated: Bool) throws(QueryError) {
    write("(")
    text.append(contentsOf: subject.expression)
    write(isNegated ? " ~<~ " : " ~>=~ ")
    try bind(.prefix)
    write(isNegated ? " OR " : " AND ")
    text.append(contentsOf: subject.expression)
    write(isNegated ? " ~>=~ " : " ~<~ ")
    try bind(.successor)
    write(")")
  }

  private mutating func writeContains(_ subject: Subject, _ isNegated: Bool) throws(QueryError) {
    writePrepared(prepared.dialect.positionFunction)
    write("(")
    text.append(contentsOf: subject.expression)
    writeCollationOfEquality(subject)
    write(", ")
    try bind(.insideOfPattern)
    write(isNegated ? ") = 0" : ") > 0")
  }

  private mutating func writeGeneral(_ subject: Subject, _ isNegated: Bool) throws(QueryError) {
    text.append(contentsOf: subject.expression)
    writeCollationOfEquality(subject)
    switch prepared.dialect.patterns {
    case .like:
      write(isNegated ? " NOT LIKE " : " LIKE ")
      try bind(.wildcards)
      write(" ESCAPE '!'")
    case .glob:
      write(isNegated ? " NOT GLOB " : " GLOB ")
      try bind(.wildcards)
    }
  }
}

/// Spellings of patterns with wildcards.
enum WildcardText {
  static func like(_ bytes: ArraySlice<UInt8>) -> String {
    var output: [UInt8] = []
    for byte in bytes {
      switch byte {
      case TextPattern.anyRun: output.append(UInt8(ascii: "%"))
      case TextPattern.anyOne: output.append(UInt8(ascii: "_"))
      case UInt8(ascii: "%"), UInt8(ascii: "_"), UInt8(ascii: "!"):
        output.append(UInt8(ascii: "!"))
        output.append(byte)
      default: output.append(byte)
      }
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// Nil for what GLOB would not match exactly: it reads U+FFFE and U+FFFF as U+FFFD, and refuses long patterns.
  static func glob(_ bytes: ArraySlice<UInt8>) -> String? {
    var output: [UInt8] = []
    for (index, byte) in zip(bytes.indices, bytes) {
      switch byte {
      case TextPattern.anyRun: output.append(UInt8(ascii: "*"))
      case TextPattern.anyOne: output.append(UInt8(ascii: "?"))
      case UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "["):
        output += [UInt8(ascii: "["), byte, UInt8(ascii: "]")]
      case 0xEF where isUnreadable(bytes[index...]): return nil
      default: output.append(byte)
      }
    }
    return output.count <= 50_000 ? String(decoding: output, as: UTF8.self) : nil
  }

  private static func isUnreadable(_ bytes: ArraySlice<UInt8>) -> Bool {
    let scalar = bytes.prefix(3)
    return scalar.elementsEqual([0xEF, 0xBF, 0xBD]) || scalar.elementsEqual([0xEF, 0xBF, 0xBE])
      || scalar.elementsEqual([0xEF, 0xBF, 0xBF])
  }
}

/// The smallest text above every text with a prefix.
package enum PrefixSuccessor {
  /// The last scalar that has a successor is replaced by it, and what follows dropped. Nil when there is none.
  package static func of(_ prefix: ArraySlice<UInt8>) -> String? {
    if let last = prefix.last, last < 0x7F {
      var bytes = Array(prefix)
      bytes[bytes.count - 1] = last + 1
      return String(decoding: bytes, as: UTF8.self)
    }
    return general(prefix)
  }

  private static func general(_ prefix: ArraySlice<UInt8>) -> String? {
    var scalars = Array(String(decoding: prefix, as: UTF8.self).unicodeScalars)
    while let last = scalars.popLast() {
      guard last.value < 0x10FFFF else { continue }
      let next = last.value == 0xD7FF ? 0xE000 : last.value + 1
      guard let scalar = Unicode.Scalar(next) else { continue }
      var output = String.UnicodeScalarView(scalars)
      output.append(scalar)
      return String(output)
    }
    return nil
  }
}
