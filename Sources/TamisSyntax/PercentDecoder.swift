import TamisJSON
import TamisModel

/// Decodes pieces of a query string: `%XX` to a byte, `+` to a blank, and checks that the result is UTF-8 without
/// NUL. Decoded text is appended to the buffer that the source stands in.
enum PercentDecoder {
  /// Whether a byte stands for anything but itself, or needs a check.
  static func isPlain(_ byte: UInt8) -> Bool {
    byte != UInt8(ascii: "%") && byte != UInt8(ascii: "+") && byte < 0x80
  }

  /// Faults are reported with the span of the bytes at fault; a malformed escape stays as it is written.
  static func decode(
    _ buffer: inout [UInt8], _ range: Range<Int>, reporting bag: inout DiagnosticBag
  ) -> ParsedText {
    let span = SourceSpan(range.lowerBound, range.upperBound)
    var index = range.lowerBound
    while index < range.upperBound, isPlain(buffer[index]) { index += 1 }
    if index == range.upperBound {
      return ParsedText(start: range.lowerBound, end: range.upperBound, span: span)
    }
    let start = buffer.count
    if appendDecoded(&buffer, range, &bag) { checkUTF8(&buffer, range, start, &bag) }
    return ParsedText(start: start, end: buffer.count, span: span)
  }

  /// Gives whether the text holds bytes beyond ASCII.
  private static func appendDecoded(
    _ buffer: inout [UInt8], _ range: Range<Int>, _ bag: inout DiagnosticBag
  ) -> Bool {
    var needsCheck = false
    var index = range.lowerBound
    while index < range.upperBound {
      var byte = buffer[index]
      var width = 1
      if byte == UInt8(ascii: "%") {
        (byte, width) = escape(buffer, at: index, end: range.upperBound, &bag)
      } else if byte == UInt8(ascii: "+") {
        byte = UInt8(ascii: " ")
      }
      if byte >= 0x80 { needsCheck = true }
      buffer.append(byte)
      index += width
    }
    return needsCheck
  }

  /// The byte that an escape stands for, and the number of source bytes that were read.
  private static func escape(
    _ buffer: [UInt8], at index: Int, end: Int, _ bag: inout DiagnosticBag
  ) -> (UInt8, Int) {
    guard index + 2 < end, let high = UTF8Scan.hexadecimalDigit(buffer[index + 1]),
      let low = UTF8Scan.hexadecimalDigit(buffer[index + 2])
    else {
      bag.report(.malformedEscape, SourceSpan(index, Swift.min(index + 3, end)))
      return (UInt8(ascii: "%"), 1)
    }
    if high | low == 0 {
      bag.report(.nulByte, SourceSpan(index, index + 3))
      return (UInt8(ascii: " "), 3)
    }
    return (high << 4 | low, 3)
  }

  /// Bytes that are no UTF-8 are reported and made harmless, so that no text is ever invalid after parsing.
  private static func checkUTF8(
    _ buffer: inout [UInt8], _ range: Range<Int>, _ start: Int, _ bag: inout DiagnosticBag
  ) {
    var index = start
    var hasReported = false
    while index < buffer.count {
      let length = UTF8Scan.validLength(buffer.span, at: index)
      if length > 0 {
        index += length
        continue
      }
      if !hasReported {
        hasReported = true
        bag.report(.invalidUTF8, sourceSpan(buffer, range, ofDecoded: index - start))
      }
      buffer[index] = UInt8(ascii: "?")
      index += 1
    }
  }

  /// Where a decoded byte was written. Looked up only for a fault.
  private static func sourceSpan(_ buffer: [UInt8], _ range: Range<Int>, ofDecoded offset: Int) -> SourceSpan
  {
    var index = range.lowerBound
    var decoded = 0
    while index < range.upperBound {
      let isEscape =
        buffer[index] == UInt8(ascii: "%") && index + 2 < range.upperBound
        && UTF8Scan.hexadecimalDigit(buffer[index + 1]) != nil
        && UTF8Scan.hexadecimalDigit(buffer[index + 2]) != nil
      let width = isEscape ? 3 : 1
      if decoded == offset { return SourceSpan(index, index + width) }
      decoded += 1
      index += width
    }
    return SourceSpan(range.lowerBound, range.upperBound)
  }
}
