/// Everything of a query that its SQL text may depend on, and no value: equal shapes give equal text.
public struct QueryShape: Hashable, Sendable {
  package var words: [UInt64]
}

extension Query {
  /// Fields, operators, connectives, their order, the class of each list's length and of each pattern, the type
  /// of each literal, the order, the answer's fields, and which values of a page's boundary are null.
  public var shape: QueryShape {
    var writer = ShapeWriter(query: self, sink: ShapeWords())
    for byte in resource.name.utf8 { writer.sink.write(UInt64(byte)) }
    writer.writeAll()
    return QueryShape(words: writer.sink.words)
  }

  /// A number that equal shapes share, and that tells most others apart: clauses, fields and operators count, and
  /// that there are choices beside the filter. Allocates nothing.
  @inlinable
  package var shapeHash: UInt64 {
    var hash: UInt64 = content.choices == nil ? 0xcbf2_9ce4_8422_2325 : 0x8422_2325_cbf2_9ce4
    for index in 0..<nodeCount {
      hash = (hash ^ node(index).shapeWord) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 29
    }
    return hash
  }

  /// The shape among queries of one resource.
  package var shapeWords: [UInt64] {
    var writer = ShapeWriter(query: self, sink: ShapeWords())
    writer.writeAll()
    return writer.sink.words
  }

  /// Whether the shape among queries of one resource is this one. Allocates nothing.
  package func hasShape(_ words: [UInt64]) -> Bool {
    var writer = ShapeWriter(query: self, sink: ShapeComparison(words))
    writer.writeAll()
    return writer.sink.isEqual
  }
}

/// What becomes of a shape while it is walked.
private protocol ShapeSink {
  mutating func write(_ word: UInt64)
}

private struct ShapeWords: ShapeSink {
  var words: [UInt64] = []

  mutating func write(_ word: UInt64) { words.append(word) }
}

private struct ShapeComparison: ShapeSink {
  private let words: [UInt64]
  private var place = 0
  private var isSame = true

  init(_ words: [UInt64]) { self.words = words }

  mutating func write(_ word: UInt64) {
    if place >= words.count || words[place] != word { isSame = false }
    place &+= 1
  }

  var isEqual: Bool { isSame && place == words.count }
}

private struct ShapeWriter<Sink: ShapeSink> {
  let query: Query
  var sink: Sink

  mutating func writeAll() {
    for index in 0..<query.nodeCount { write(query.node(index)) }
    if !query.hasDefaultSort { writeSort() }
    if !query.hasDefaultSelection { writeSelection() }
    if let order = query.randomOrder { sink.write(4 << 32 | UInt64(clamping: order.position)) }
    if let boundary = query.boundary { write(boundary) }
  }

  /// Null is compared in another way than a value is.
  private mutating func write(_ boundary: KeysetBoundary) {
    sink.write(5 << 32 | UInt64(boundary.side.rawValue))
    for value in boundary.values { sink.write(6 << 32 | (value == nil ? 0 : 1)) }
  }

  private mutating func writeSort() {
    for key in query.sort {
      sink.write(
        1 << 32 | UInt64(key.field.rawValue) << 2 | UInt64(key.direction.rawValue << 1 | key.nulls.rawValue))
    }
  }

  private mutating func writeSelection() {
    sink.write(2 << 32)
    for field in query.selection { sink.write(3 << 32 | UInt64(field.rawValue)) }
  }

  /// A word for what a node is, and one for how far it reaches and what it compares with.
  private mutating func write(_ node: PredicateNode) {
    sink.write(node.shapeWord)
    let length = UInt64(ListLengthClass(count: Int(node.operandCount)).capacity)
    sink.write(UInt64(node.end) | length << 32)
    if node.hasPath { sink.write(keyCount(node)) }
    if node.operandCount == 1 { write(node.loneOperand) } else { writeOperands(node) }
  }

  private mutating func writeOperands(_ node: PredicateNode) {
    var last: Operand.Kind?
    for offset in 0..<Int(node.operandCount) {
      guard let operand = query.operand(of: node, offset) else { return }
      // Items of a list share one entry each kind: padding makes their number invisible.
      if node.kind == .member, last == operand.kind { continue }
      write(operand)
      last = operand.kind
    }
  }

  private func keyCount(_ node: PredicateNode) -> UInt64 {
    guard query.operands.indices.contains(Int(node.path)) else { return 0 }
    var count: UInt64 = 1
    for index in query.operands[Int(node.path)].range where query.buffer[index] == Operand.keySeparator {
      count &+= 1
    }
    return count
  }

  private mutating func write(_ operand: Operand) {
    var word = UInt64(operand.kind.rawValue)
    if operand.kind == .pattern {
      word |= UInt64(TextPattern.classify(query.buffer, operand.range).rawValue) << 8
    }
    sink.write(word)
    if operand.kind == .json {
      JSONSkeleton.walk(query.bytes(of: operand)) { sink.write(UInt64($0)) }
    }
  }
}

/// The length of a list as SQL may see it: 0, or the next power of two.
package struct ListLengthClass {
  package let capacity: Int

  package init(count: Int) {
    var capacity = count == 0 ? 0 : 1
    while capacity < count { capacity *= 2 }
    self.capacity = capacity
  }
}

/// A JSON text without its values: brackets and commas, `"` for a string, `0` for a number, `t` for a literal name.
private enum JSONSkeleton {
  static func walk(_ json: ArraySlice<UInt8>, _ visit: (UInt8) -> Void) {
    var inString = false
    var escaped = false
    var inScalar = false
    for byte in json {
      if inString {
        if escaped {
          escaped = false
        } else if byte == UInt8(ascii: "\\") {
          escaped = true
        } else if byte == UInt8(ascii: "\"") {
          inString = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""):
        inString = true
        visit(byte)
      case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ","):
        inScalar = false
        visit(byte)
      case UInt8(ascii: ":"), 0...0x20: inScalar = false
      default:
        if !inScalar { visit(byte >= UInt8(ascii: "a") ? UInt8(ascii: "t") : UInt8(ascii: "0")) }
        inScalar = true
      }
    }
  }
}

extension PredicateNode {
  /// What a node asks, without what it compares with and how far it reaches.
  @inlinable package var shapeWord: UInt64 {
    let kind = UInt64(kind.rawValue) | UInt64(comparison.rawValue) << 8
    let flags: UInt64 =
      (isNegated ? 1 : 0) | (isHalfOpen ? 2 : 0) | (ignoresCase ? 4 : 0) | (hasPath ? 8 : 0)
    let manner = flags << 16 | UInt64(reading.rawValue) << 24
    // How many elements there must be stands where no field does.
    let subject = field.rawValue ^ (minimum &- 1)
    return kind | manner | UInt64(subject) << 32 | UInt64(other.rawValue) << 48
  }
}
