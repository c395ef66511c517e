import TamisJSON
import TamisModel

/// A piece of a query string, decoded as forms are: `+` is a blank, `%XX` a byte, and an escape that is none stays as
/// it is. Where each decoded byte was written is kept, for spans.
struct FormText {
  /// In the query's buffer.
  var range: Range<Int>
  private let source: Range<Int>
  /// Places of the decoded bytes in the source; empty where the text is the source itself.
  private var places: [Int] = []

  init(_ buffer: inout [UInt8], _ source: Range<Int>) {
    self.source = source
    range = source
    guard let first = source.first(where: { !Self.isItself(buffer[$0]) }) else { return }
    let start = buffer.count
    places.reserveCapacity(source.count)
    buffer.reserveCapacity(start + source.count)
    for index in source.lowerBound..<first { append(buffer[index], index, &buffer) }
    var index = first
    while index < source.upperBound {
      let (byte, width) = Self.decoded(buffer, at: index, end: source.upperBound)
      append(byte, index, &buffer)
      index += width
    }
    range = start..<buffer.count
  }

  private mutating func append(_ byte: UInt8, _ place: Int, _ buffer: inout [UInt8]) {
    buffer.append(byte)
    places.append(place)
  }

  private static func isItself(_ byte: UInt8) -> Bool {
    byte != UInt8(ascii: "%") && byte != UInt8(ascii: "+")
  }

  static func decoded(_ source: [UInt8], at index: Int, end: Int) -> (byte: UInt8, width: Int) {
    switch source[index] {
    case UInt8(ascii: "+"): return (UInt8(ascii: " "), 1)
    case UInt8(ascii: "%"):
      guard index + 2 < end, let high = UTF8Scan.hexadecimalDigit(source[index + 1]),
        let low = UTF8Scan.hexadecimalDigit(source[index + 2])
      else { return (UInt8(ascii: "%"), 1) }
      return (high << 4 | low, 3)
    case let byte: return (byte, 1)
    }
  }

  /// Where a part of the decoded text was written.
  func span(_ part: Range<Int>) -> SourceSpan {
    SourceSpan(place(part.lowerBound), place(part.upperBound))
  }

  private func place(_ index: Int) -> Int {
    if places.isEmpty { return index }
    let offset = index - range.lowerBound
    return offset < places.count ? places[Swift.max(0, offset)] : source.upperBound
  }

  /// Reports what no text may hold: a NUL, or bytes that are no UTF-8. Those become `?`.
  func check(_ buffer: inout [UInt8], _ bag: inout DiagnosticBag) {
    var hasReported = false
    var index = range.lowerBound
    while index < range.upperBound {
      if buffer[index] == 0 { bag.report(.nulByte, span(index..<index + 1)) }
      let length = UTF8Scan.validLength(buffer.span, at: index)
      if length > 0, length <= range.upperBound - index {
        index += length
        continue
      }
      if !hasReported { bag.report(.invalidUTF8, span(index..<index + 1)) }
      hasReported = true
      buffer[index] = UInt8(ascii: "?")
      index += 1
    }
  }
}
