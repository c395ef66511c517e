/// Everything of a query that its SQL text may depend on, and no value: equal shapes give equal text.
public struct QueryShape: Hashable, Sendable {
  package var bytes: [UInt8]
}

extension Query {
  /// Fields, operators, connectives, their order, the class of each list's length and of each pattern, the type
  /// of each literal, the order, the answer's fields, and which values of a page's boundary are null.
  public var shape: QueryShape {
    var writer = ShapeWriter(query: self)
    writer.writeAll()
    return QueryShape(bytes: writer.bytes)
  }
}

private struct ShapeWriter {
  let query: Query
  var bytes: [UInt8] = []

  mutating func writeAll() {
    bytes.append(contentsOf: query.resource.name.utf8)
    bytes.append(0)
    for node in query.nodes { write(node) }
    for key in query.sort {
      write(UInt32(key.field.rawValue))
      bytes.append(key.direction.rawValue << 1 | key.nulls.rawValue)
    }
    bytes.append(0xFF)
    for field in query.selection { write(UInt32(field.rawValue)) }
    if let order = query.randomOrder { bytes += [0xFE, UInt8(clamping: order.position)] }
    if let boundary = query.boundary { write(boundary) }
  }

  /// Null is compared in another way than a value is.
  private mutating func write(_ boundary: KeysetBoundary) {
    bytes += [0xFD, boundary.side.rawValue]
    for value in boundary.values { bytes.append(value == nil ? 0 : 1) }
  }

  private mutating func write(_ node: PredicateNode) {
    bytes.append(node.kind.rawValue)
    bytes.append(node.comparison.rawValue)
    bytes.append(flags(of: node))
    bytes.append(node.reading.rawValue)
    write(UInt32(node.field.rawValue) << 16 | UInt32(node.other.rawValue))
    write(node.end)
    write(ListLengthClass(count: Int(node.operandCount)).capacity)
    if node.hasPath { write(UInt32(clamping: query.keys(of: node).count)) }
    var last: Operand.Kind?
    for operand in query.operands(of: node) {
      // Items of a list share one entry each kind: padding makes their number invisible.
      if node.kind == .member, last == operand.kind { continue }
      write(operand)
      last = operand.kind
    }
  }

  private func flags(of node: PredicateNode) -> UInt8 {
    (node.isNegated ? 1 : 0) | (node.isHalfOpen ? 2 : 0) | (node.ignoresCase ? 4 : 0)
      | (node.hasPath ? 8 : 0)
  }

  private mutating func write(_ operand: Operand) {
    bytes.append(operand.kind.rawValue)
    if operand.kind == .pattern {
      bytes.append(TextPattern.classify(query.buffer, operand.range).rawValue)
    }
    if operand.kind == .json { JSONSkeleton.append(query.bytes(of: operand), to: &bytes) }
  }

  private mutating func write(_ number: UInt32) {
    for shift in [0, 8, 16, 24] as [UInt32] { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
  }

  private mutating func write(_ number: Int) {
    write(UInt32(clamping: number))
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
  static func append(_ json: ArraySlice<UInt8>, to bytes: inout [UInt8]) {
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
        bytes.append(byte)
      case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ","):
        inScalar = false
        bytes.append(byte)
      case UInt8(ascii: ":"), 0...0x20: inScalar = false
      default:
        if !inScalar { bytes.append(byte >= UInt8(ascii: "a") ? UInt8(ascii: "t") : UInt8(ascii: "0")) }
        inScalar = true
      }
    }
  }
}
