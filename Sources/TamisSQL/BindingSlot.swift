import TamisModel

/// Where a placeholder's value comes from, whatever the value is. A statement's slots give its values again for every
/// query of its shape.
struct BindingSlot: Sendable {
  enum Source: UInt8, Sendable {
    /// One row more than the page holds.
    case rowLimit
    case offset
    /// An operand of the node, as its subject is stored.
    case operand
    /// All operands, as one array.
    case items
    /// An operand of a list that is padded with its last one.
    case item
    /// The one key of the node's path.
    case key
    /// A pattern that has no wildcards.
    case wholePattern
    /// What comes before a pattern's only wildcard, the last.
    case prefix
    /// The smallest text above every text with the prefix.
    case successor
    /// What stands between a pattern's two wildcards.
    case insideOfPattern
    /// All of a pattern, as the engine spells wildcards.
    case wildcards
  }

  let source: Source
  /// For a decimal between two numbers that the column can hold.
  var rounding = ScaledInteger.Rounding.exact
  /// The node's place in its query.
  var node: UInt32 = 0
  /// Which of the node's operands.
  var offset: UInt32 = 0
  /// What the operand is compared with.
  var subject: Subject?
}

/// The values of slots. The one place where values become bindings.
extension Query {
  func value(_ slot: BindingSlot, _ dialect: SQLDialect) throws(QueryError) -> SQLBinding {
    switch slot.source {
    case .rowLimit: return .integer(Int64(Swift.max(0, page.rowLimit)))
    case .offset: return .integer(Int64(Swift.max(0, page.offset)))
    case .operand, .item, .items, .key, .wholePattern, .prefix, .successor, .insideOfPattern, .wildcards:
      return try value(slot, node(Int(slot.node)), dialect)
    }
  }

  private func value(
    _ slot: BindingSlot, _ node: PredicateNode, _ dialect: SQLDialect
  ) throws(QueryError) -> SQLBinding {
    switch slot.source {
    case .operand:
      return try binding(operand(of: node, Int(slot.offset)), slot.subject, slot.rounding, node, dialect)
    case .item:
      let last = Swift.max(0, Int(node.operandCount) - 1)
      return try binding(
        operand(of: node, Swift.min(Int(slot.offset), last)), slot.subject, .exact, node, dialect)
    case .items: return try items(node, slot.subject, dialect)
    case .key: return try key(node, dialect)
    case .wholePattern: return text(try pattern(node, dialect))
    case .prefix: return text(try pattern(node, dialect).dropLast())
    case .successor: return try successor(try pattern(node, dialect).dropLast(), node, dialect)
    case .insideOfPattern: return text(try pattern(node, dialect).dropFirst().dropLast())
    case .wildcards: return try wildcards(try pattern(node, dialect), node, dialect)
    case .rowLimit, .offset: return .null
    }
  }

  func binding(
    _ operand: Operand?, _ subject: Subject?, _ rounding: ScaledInteger.Rounding, _ node: PredicateNode,
    _ dialect: SQLDialect
  ) throws(QueryError) -> SQLBinding {
    guard let operand, let subject else { throw refusal("a clause without a value", node, dialect) }
    let literal =
      operand.hasText
      ? Literal(bytes: bytes(of: operand)) : Literal(number: operand.payload)
    let binding = subject.encoding.binding(
      literal, of: operand.kind, rounding: rounding, cases: subject.cases)
    guard let binding else { throw refusal("a value of another type than its field", node, dialect) }
    if let year = dialect.conversions.firstYear, binding.isBeyondCalendar(from: year) {
      throw refusal("a comparison with a time beyond the years \(year.rawValue) to 9999", node, dialect)
    }
    return binding
  }

  private func items(
    _ node: PredicateNode, _ subject: Subject?, _ dialect: SQLDialect
  ) throws(QueryError) -> SQLBinding {
    var items: [SQLBinding] = []
    items.reserveCapacity(Int(node.operandCount))
    for offset in 0..<Int(node.operandCount) {
      items.append(try binding(operand(of: node, offset), subject, .exact, node, dialect))
    }
    return .array(items)
  }

  private func key(_ node: PredicateNode, _ dialect: SQLDialect) throws(QueryError) -> SQLBinding {
    guard node.hasPath, operands.indices.contains(Int(node.path)) else {
      throw refusal("a path without a key", node, dialect)
    }
    let bytes = bytes(of: operands[Int(node.path)])
    if bytes.contains(0) { throw refusal("a JSON key with a NUL", node, dialect) }
    return text(bytes)
  }

  // MARK: Patterns

  private func pattern(
    _ node: PredicateNode, _ dialect: SQLDialect
  ) throws(QueryError) -> ArraySlice<UInt8> {
    guard let operand = operand(of: node, 0) else { throw refusal("a pattern without text", node, dialect) }
    let written = bytes(of: operand)
    return node.ignoresCase ? written.map(Self.folded)[...] : written
  }

  private func text(_ bytes: ArraySlice<UInt8>) -> SQLBinding {
    .text(String(decoding: bytes, as: UTF8.self))
  }

  /// ASCII folding, as `lower` does it in the byte collation.
  private static func folded(_ byte: UInt8) -> UInt8 {
    byte &- 65 < 26 ? byte | 0x20 : byte
  }

  private func successor(
    _ prefix: ArraySlice<UInt8>, _ node: PredicateNode, _ dialect: SQLDialect
  ) throws(QueryError) -> SQLBinding {
    if let text = PrefixSuccessor.of(prefix) { return .text(text) }
    switch dialect.prefixes {
    case .blobAboveText: return .bytes([])
    case .unbounded: throw refusal("a prefix of nothing but U+10FFFF", node, dialect)
    }
  }

  private func wildcards(
    _ bytes: ArraySlice<UInt8>, _ node: PredicateNode, _ dialect: SQLDialect
  ) throws(QueryError) -> SQLBinding {
    switch dialect.patterns {
    case .like: return .text(WildcardText.like(bytes))
    case .glob:
      guard let pattern = WildcardText.glob(bytes) else {
        throw refusal("a pattern with U+FFFD, U+FFFE or U+FFFF, or of more than 50000 bytes", node, dialect)
      }
      return .text(pattern)
    }
  }

  private func refusal(_ feature: String, _ node: PredicateNode, _ dialect: SQLDialect) -> QueryError {
    QueryError(Diagnostic(.notOnEngine(feature: feature, engine: dialect.displayName), span(of: node)))
  }
}
