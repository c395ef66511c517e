package import TamisModel

/// A JSON text as a flat array of values in preorder: no tree of objects, and no copy of what needs none.
///
/// Strings are decoded into `text` (the source's bytes are kept, too, for spans); numbers stay as written.
package struct JSONDocument: Sendable {
  package enum Kind: UInt8, Sendable, Hashable {
    case null
    case `true`
    case `false`
    case number
    case string
    case array
    case object
  }

  /// One value, or a member's name (a string just before its value).
  package struct Node: Sendable, Hashable {
    package var kind: Kind
    /// Index after this value's last descendant.
    package var end: UInt32
    /// Items of an array, members of an object.
    package var count: UInt32
    /// The decoded string, or the number as written, in the document's `text`.
    package var textStart: UInt32
    package var textEnd: UInt32
    /// In the source, quotes and brackets included.
    package var span: SourceSpan

    package var range: Range<Int> { Int(textStart)..<Int(textEnd) }
  }

  /// Values in preorder; a member's name precedes its value. The root is at 0.
  package internal(set) var nodes: [Node] = []
  /// Decoded strings and numbers.
  package internal(set) var text: [UInt8] = []

  init() {}

  /// Reads exactly one JSON value with blanks around it.
  ///
  /// - Parameter allowsDuplicates: whether an object may have two members of one name; it then has both.
  package static func parse(
    _ source: Span<UInt8>, limits: QueryLimits, allowsDuplicates: Bool = false
  ) throws(QueryError) -> JSONDocument {
    var reader = JSONReader(limits: limits, allowsDuplicates: allowsDuplicates)
    return try reader.read(source)
  }

  package static func parse(_ source: [UInt8], limits: QueryLimits) throws(QueryError) -> JSONDocument {
    try parse(source.span, limits: limits)
  }

  package func bytes(of index: Int) -> ArraySlice<UInt8> { text[nodes[index].range] }

  package func string(at index: Int) -> String { String(decoding: bytes(of: index), as: UTF8.self) }

  /// The value of an object's member; nil when there is none, or the value is no object.
  package func member(_ name: String, of index: Int) -> Int? {
    member(name, of: index, text: text)
  }

  package func member(_ name: [UInt8], of index: Int) -> Int? {
    member(name.span, of: index, text: text)
  }

  /// The same for a document whose text was taken out.
  package func member(_ name: String, of index: Int, text: [UInt8]) -> Int? {
    member(name.utf8.span, of: index, text: text)
  }

  private func member(_ name: Span<UInt8>, of index: Int, text: [UInt8]) -> Int? {
    guard nodes[index].kind == .object else { return nil }
    var next = index + 1
    let end = Int(nodes[index].end)
    while next < end {
      if Self.isEqual(text, nodes[next].range, name) { return next + 1 }
      next = Int(nodes[next + 1].end)
    }
    return nil
  }

  /// Byte by byte: a comparison of collections would not be specialised here.
  private static func isEqual(_ text: [UInt8], _ range: Range<Int>, _ name: Span<UInt8>) -> Bool {
    guard range.count == name.count else { return false }
    for offset in 0..<name.count where text[range.lowerBound + offset] != name[offset] { return false }
    return true
  }

  /// The names' and values' places of an object's members, in order.
  package func members(of index: Int) -> [(name: Int, value: Int)] {
    guard nodes[index].kind == .object else { return [] }
    var result: [(name: Int, value: Int)] = []
    result.reserveCapacity(Int(nodes[index].count))
    var next = index + 1
    while next < Int(nodes[index].end) {
      result.append((next, next + 1))
      next = Int(nodes[next + 1].end)
    }
    return result
  }

  /// The places of an array's items, in order.
  package func items(of index: Int) -> [Int] {
    guard nodes[index].kind == .array else { return [] }
    var result: [Int] = []
    result.reserveCapacity(Int(nodes[index].count))
    var next = index + 1
    while next < Int(nodes[index].end) {
      result.append(next)
      next = Int(nodes[next].end)
    }
    return result
  }

  /// The value at the end of a path of member names.
  package func value(at path: [String], from index: Int = 0) -> Int? {
    var current = index
    for name in path {
      guard let next = member(name, of: current) else { return nil }
      current = next
    }
    return current
  }

  /// Where a value stands, as RFC 6901 writes it: `/filters/0/value`. A name's place is its member's.
  /// It looks at every sibling on the way, so it is for faults only.
  package func pointer(to index: Int) -> String {
    pointer(to: index, text: text)
  }

  /// The same for a document whose text was taken out.
  package func pointer(to index: Int, text: [UInt8]) -> String {
    var pointer = ""
    var current = 0
    while current < index {
      let isObject = nodes[current].kind == .object
      let width = isObject ? 1 : 0
      var child = current + 1
      var position = 0
      while Int(nodes[child + width].end) <= index {
        child = Int(nodes[child + width].end)
        position += 1
      }
      pointer += "/" + (isObject ? Self.escape(text[nodes[child].range]) : String(position))
      if child == index { break }
      current = child + width
    }
    return pointer
  }

  private static func escape(_ name: ArraySlice<UInt8>) -> String {
    var escaped: [UInt8] = []
    for byte in name {
      switch byte {
      case UInt8(ascii: "~"): escaped += "~0".utf8
      case UInt8(ascii: "/"): escaped += "~1".utf8
      default: escaped.append(byte)
      }
    }
    return String(decoding: escaped, as: UTF8.self)
  }

  /// A value without blanks: members in their order, numbers as written, strings escaped as little as possible.
  package func minified(_ index: Int) -> [UInt8] {
    minified(index, text: text)
  }

  /// The same for a document whose text was taken out: `text` begins with it.
  package func minified(_ index: Int, text: [UInt8]) -> [UInt8] {
    var writer = JSONWriter()
    write(index, text, to: &writer)
    return writer.bytes
  }

  /// Gives the text away, so that a parsed request need not copy it. What reads text must be given it from then on.
  package mutating func takeText() -> [UInt8] {
    defer { text = [] }
    return text
  }

  /// Recursion is bounded by the depth limit of parsing.
  private func write(_ index: Int, _ text: [UInt8], to writer: inout JSONWriter) {
    switch nodes[index].kind {
    case .null: writer.null()
    case .true: writer.boolean(true)
    case .false: writer.boolean(false)
    case .number: writer.number(text[nodes[index].range])
    case .string: writer.string(text[nodes[index].range])
    case .array:
      writer.beginArray()
      for item in items(of: index) { write(item, text, to: &writer) }
      writer.endArray()
    case .object:
      writer.beginObject()
      for member in members(of: index) {
        writer.name(text[nodes[member.name].range])
        write(member.value, text, to: &writer)
      }
      writer.endObject()
    }
  }
}
