import TamisModel

/// One part of a primary key, as its random rank reads it.
enum RankPart {
  /// A 64-bit integer.
  case number([UInt8])
  case text([UInt8])
}

/// The keyed hash of `RandomRank`, in the engine's own arithmetic: every product stays below 2⁶³.
extension StatementWriter {
  mutating func writeRandomRank() throws(QueryError) {
    guard let order = query.randomOrder else { return write("0") }
    guard prepared.dialect.ranksRows else { throw refusal("a random order", at: order.span) }
    let rank = RandomRank(seed: order.seed)
    let parts = try rankParts(order)
    write("(WITH RECURSIVE ")
    for (index, part) in parts.enumerated() {
      if case .text(let expression) = part { writeTextHash(index, expression, rank) }
    }
    write("_x(x) AS MATERIALIZED (SELECT (")
    for (index, part) in parts.enumerated() {
      writePart(index, part, rank)
      write(" + ")
    }
    bindFactor(rank.addend)
    // Each step stands apart, so that no engine computes it more than once.
    write(") % 2147483647), _y(x, y) AS MATERIALIZED (SELECT x, x * x % 2147483647 FROM _x), ")
    write("_z(z) AS MATERIALIZED (SELECT (y * y % 2147483647 * x % 2147483647 * ")
    bindFactor(rank.multiplier)
    write(" + ")
    bindFactor(rank.addend)
    write(") % 2147483647 FROM _y), _w(z, w) AS MATERIALIZED (SELECT z, z * z % 2147483647 FROM _z) ")
    write("SELECT w * w % 2147483647 * z % 2147483647 FROM _w)")
  }

  /// A polynomial over the characters of a text, taken off one by one.
  private mutating func writeTextHash(_ index: Int, _ expression: [UInt8], _ rank: RandomRank) {
    let factors = rank.factors(ofPart: index)
    writeHashName(index)
    write("(v, t) AS (SELECT ")
    bindFactor(factors[0])
    write(", ")
    text.append(contentsOf: expression)
    write(" UNION ALL SELECT (v * ")
    bindFactor(factors[1])
    write(" + ")
    writePrepared(prepared.dialect.characterCode)
    write(" + 1) % 2147483647, substr(t, 2) FROM ")
    writeHashName(index)
    write(" WHERE t <> ''), ")
  }

  private mutating func writeHashName(_ index: Int) {
    write("_h")
    text.append(number: index)
  }

  private mutating func writePart(_ index: Int, _ part: RankPart, _ rank: RandomRank) {
    switch part {
    case .text:
      write("(SELECT v FROM ")
      writeHashName(index)
      write(" WHERE t = '')")
    case .number(let expression):
      let factors = rank.factors(ofPart: index)
      write("(")
      for limb in 0..<4 {
        write("((")
        text.append(contentsOf: expression)
        if limb > 0 {
          write(" >> ")
          text.append(number: 16 * limb)
        }
        write(") & 65535) * ")
        bindFactor(factors[limb])
        write(" + ")
      }
      bindFactor(factors[4])
      write(") % 2147483647")
    }
  }

  private mutating func bindFactor(_ factor: Int64) {
    bind(.integer(factor))
    writeIntegerCast()
  }

  mutating func writeIntegerCast() {
    guard prepared.dialect.castsParameters else { return }
    write("::")
    writePrepared(prepared.dialect.types.integer)
  }

  private func rankParts(_ order: RandomOrder) throws(QueryError) -> [RankPart] {
    var parts: [RankPart] = []
    for id in prepared.resource.primaryKey {
      let field = try preparedField(id, at: order.span)
      let subject = qualifies ? field.qualified : field.plain
      guard let part = subject.encoding.rankPart(subject.expression, prepared.dialect) else {
        throw refusal("a random order by the key '\(prepared.resource.field(id).name)'", at: order.span)
      }
      parts.append(part)
    }
    return parts
  }
}

extension ColumnEncoding {
  /// A key's canonical number or text, whatever form it is stored in; nil where the engine can not make it.
  fileprivate func rankPart(_ expression: [UInt8], _ dialect: SQLDialect) -> RankPart? {
    let stored = String(decoding: expression, as: UTF8.self)
    let isBinary = dialect.json == .binary
    switch self {
    case .timestampText where dialect.json == .functions, .dateText where dialect.json == .functions:
      return nil
    case .integer, .dateInteger, .timestampInteger:
      return .number(Array((isBinary ? "(\(stored))::bigint" : stored).utf8))
    case .timestamp, .date: return .number(transported(expression, dialect))
    case .timestampText:
      return .number(
        isBinary
          ? ColumnEncoding.timestamp.transported(Array("(\(stored))::timestamptz".utf8), dialect)
          : Array(
            ("(CAST(strftime('%s', substr(\(stored), 1, 19)) AS INTEGER) * 1000000 "
              + "+ CAST(substr(\(stored), 21, 6) AS INTEGER))").utf8))
    case .dateText:
      return .number(
        isBinary
          ? ColumnEncoding.date.transported(Array("(\(stored))::date".utf8), dialect)
          : Array("(CAST(strftime('%s', \(stored)) AS INTEGER) / 86400)".utf8))
    case .text: return .text(Array((isBinary ? "(\(stored))::text" : stored).utf8))
    case .uuid: return .text(Array("replace((\(stored))::text, '-', '')".utf8))
    case .uuidText: return .text(Array("replace(\(stored), '-', '')".utf8))
    case .uuidBytes:
      return .text(Array((isBinary ? "encode(\(stored), 'hex')" : "lower(hex(\(stored)))").utf8))
    case .numeric: return isBinary ? .text(Array("trim_scale(\(stored))::text".utf8)) : nil
    case .timestampFromInteger, .dateFromInteger: return .number(transported(expression, dialect))
    case .fixedDecimal, .scaledInteger, .orderedText, .decimalText, .boolean, .booleanInteger, .booleanText,
      .enumerationInteger, .enumerationText, .document, .documentText, .scalarText:
      return nil
    }
  }
}
