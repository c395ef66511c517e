import TamisModel

/// What separates the items of a list operand in a URL.
package enum ListSeparator: Sendable, Hashable {
  /// `USD,EUR`
  case comma
  /// `1|9`
  case bar
  /// `1..9`, split once, at the first one
  case dots
}

extension ParsedQuery {
  /// The text as a list, splitting the bytes as they were sent: a separator that was written
  /// as `%2C` is data. A value from a body has no such bytes and is left alone.
  package mutating func split(_ text: ParsedValue, at separator: ListSeparator) -> ParsedValue {
    var value = text
    guard value.kind == .urlText, value.text.span.end <= sourceCount else { return value }
    let first = items.count
    var item = ItemStart(decoded: Int(value.text.start), encoded: value.text.span.start)
    var cursor = item
    while cursor.encoded < value.text.span.end {
      let width = separatorWidth(at: cursor.encoded, end: value.text.span.end, separator)
      if width > 0, !(separator == .dots && items.count > first) {
        appendItem(from: item, to: cursor, within: value.text)
        cursor.encoded += width
        cursor.decoded += width
        item = cursor
      } else {
        cursor.encoded += PercentDecoder.width(buffer, at: cursor.encoded, end: value.text.span.end)
        cursor.decoded += 1
      }
    }
    appendItem(
      from: item, to: ItemStart(decoded: Int(value.text.end), encoded: value.text.span.end),
      within: value.text)
    value.kind = .list
    value.firstItem = UInt32(clamping: first)
    value.itemCount = UInt32(clamping: items.count - first)
    return value
  }

  /// A place in the decoded text and the same place in the source.
  private struct ItemStart {
    var decoded: Int
    var encoded: Int
  }

  private func separatorWidth(
    at index: Int, end: Int, _ separator: ListSeparator
  ) -> Int {
    switch separator {
    case .comma: buffer[index] == UInt8(ascii: ",") ? 1 : 0
    case .bar: buffer[index] == UInt8(ascii: "|") ? 1 : 0
    case .dots:
      index + 1 < end && buffer[index] == UInt8(ascii: ".") && buffer[index + 1] == UInt8(ascii: ".") ? 2 : 0
    }
  }

  /// Both places are the parser's own, but a range is held in its text all the same.
  private mutating func appendItem(from start: ItemStart, to end: ItemStart, within whole: ParsedText) {
    let first = Swift.min(start.decoded, Int(whole.end))
    let text = ParsedText(
      start: first, end: Swift.max(first, Swift.min(end.decoded, Int(whole.end))),
      span: SourceSpan(start.encoded, end.encoded))
    items.append(ParsedValue(kind: .urlText, text: text))
  }
}
