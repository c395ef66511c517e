import TamisJSON
import TamisModel

/// Decodes pieces of a query string into a buffer: `%XX` to a byte, `+` to a blank, and checks that the result is
/// UTF-8 without NUL.
struct PercentDecoder {
  /// Decodes `source[range]`, appending to `buffer`. Faults are reported with the span of the bytes at fault; a
  /// malformed escape stays as it is written.
  static func decode(
    _ source: Span<UInt8>, _ range: Range<Int>, into buffer: inout [UInt8], reporting bag: inout DiagnosticBag
  ) -> ParsedText {
    let start = buffer.count
    var index = range.lowerBound
    var needsCheck = false
    while index < range.upperBound {
      let byte = source[index]
      if byte == UInt8(ascii: "%") {
        index += escape(source, at: index, end: range.upperBound, &buffer, &bag, &needsCheck)
      } else {
        if byte >= 0x80 { needsCheck = true }
        buffer.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
        index += 1
      }
    }
    if needsCheck { checkUTF8(source, range, start, &buffer, &bag) }
    return ParsedText(
      start: start, end: buffer.count, span: SourceSpan(range.lowerBound, range.upperBound))
  }

  /// Gives the number of source bytes that were read.
  private static func escape(
    _ source: Span<UInt8>, at index: Int, end: Int, _ buffer: inout [UInt8], _ bag: inout DiagnosticBag,
    _ needsCheck: inout Bool
  ) -> Int {
    guard index + 2 < end, let high = UTF8Scan.hexadecimalDigit(source[index + 1]),
      let low = UTF8Scan.hexadecimalDigit(source[index + 2])
    else {
      bag.report(.malformedEscape, SourceSpan(index, Swift.min(index + 3, end)))
      buffer.append(UInt8(ascii: "%"))
      return 1
    }
    let byte = high << 4 | low
    if byte == 0 {
      bag.report(.nulByte, SourceSpan(index, index + 3))
      buffer.append(UInt8(ascii: " "))
    } else {
      if byte >= 0x80 { needsCheck = true }
      buffer.append(byte)
    }
    return 3
  }

  /// Bytes that are no UTF-8 are reported and made harmless, so that no text is ever invalid after parsing.
  private static func checkUTF8(
    _ source: Span<UInt8>, _ range: Range<Int>, _ start: Int, _ buffer: inout [UInt8],
    _ bag: inout DiagnosticBag
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
        bag.report(.invalidUTF8, sourceSpan(source, range, ofDecoded: index - start))
      }
      buffer[index] = UInt8(ascii: "?")
      index += 1
    }
  }

  /// Where a decoded byte was written. Looked up only for a fault.
  private static func sourceSpan(
    _ source: Span<UInt8>, _ range: Range<Int>, ofDecoded offset: Int
  ) -> SourceSpan {
    var index = range.lowerBound
    var decoded = 0
    while index < range.upperBound {
      let isEscape =
        source[index] == UInt8(ascii: "%") && index + 2 < range.upperBound
        && UTF8Scan.hexadecimalDigit(source[index + 1]) != nil
        && UTF8Scan.hexadecimalDigit(source[index + 2]) != nil
      let width = isEscape ? 3 : 1
      if decoded == offset { return SourceSpan(index, index + width) }
      decoded += 1
      index += width
    }
    return SourceSpan(range.lowerBound, range.upperBound)
  }
}
