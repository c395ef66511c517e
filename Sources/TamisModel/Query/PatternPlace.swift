/// Where the text of a regular expression stands in the request, so that a byte of the decoded pattern is found
/// again among the bytes as they were sent.
package struct PatternPlace: Hashable, Sendable {
  /// The value as written; of a body's string with its quotes.
  package var span: SourceSpan
  package var isJSON: Bool

  package init(span: SourceSpan, isJSON: Bool) {
    self.span = span
    self.isJSON = isJSON
  }

  package init(_ operand: Operand) {
    let number = operand.payload
    span = SourceSpan(Int(number >> 32), Int(number >> 1 & 0x7FFF_FFFF))
    isJSON = number & 1 != 0
  }

  package var operand: Operand {
    let end = Int64(span.end) & 0x7FFF_FFFF
    return Operand(.patternPlace, number: Int64(span.start) << 32 | end << 1 | (isJSON ? 1 : 0))
  }

  /// The span of some bytes of the pattern, which is `buffer[pattern]`. The whole value where the spelling does not
  /// say which bytes they are.
  package func span(ofBytes bytes: Range<Int>, of pattern: Range<Int>, in buffer: [UInt8]) -> SourceSpan {
    let text = buffer[pattern]
    let widths = isJSON ? jsonWidths(text) : urlWidths(text, buffer)
    guard let widths, widths.count == text.count else { return span }
    let clamped = bytes.clamped(to: 0..<text.count)
    let start = span.start + (isJSON ? 1 : 0) + widths[..<clamped.lowerBound].reduce(0, +)
    return SourceSpan(start, start + widths[clamped].reduce(0, +))
  }

  /// Source bytes of each byte of the text. The buffer begins with the query string.
  private func urlWidths(_ text: ArraySlice<UInt8>, _ buffer: [UInt8]) -> [Int]? {
    guard span.end <= buffer.count else { return nil }
    var widths: [Int] = []
    var index = span.start
    while index < span.end {
      let width = buffer[index] == UInt8(ascii: "%") ? 3 : 1
      widths.append(width)
      index += width
    }
    return index == span.end ? widths : nil
  }

  /// A body's bytes are not kept. A string that is exactly as long as its shortest spelling has no longer one.
  private func jsonWidths(_ text: ArraySlice<UInt8>) -> [Int]? {
    let widths = text.map { byte in
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), 0x08, 0x09, 0x0A, 0x0C, 0x0D: 2
      case 0..<0x20: 6
      default: 1
      }
    }
    return widths.reduce(2, +) == span.count ? widths : nil
  }
}
