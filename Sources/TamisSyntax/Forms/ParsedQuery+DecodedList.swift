import TamisModel

extension ParsedQuery {
  /// A part of a decoded text of a form, with the place where it was written.
  package func piece(_ part: Range<Int>, of text: ParsedText) -> ParsedText {
    pieces([part], of: text)[0]
  }

  /// The items of a decoded text, cut at a separator that may have been escaped: PHP and Go split what they have
  /// decoded. Never empty; at most `limit` items.
  package func decodedItems(
    _ part: Range<Int>, of text: ParsedText, at separator: UInt8, limit: Int
  ) -> [ParsedText] {
    var parts: [Range<Int>] = []
    var start = part.lowerBound
    for index in part where buffer[index] == separator && parts.count + 1 < limit {
      parts.append(start..<index)
      start = index + 1
    }
    parts.append(start..<part.upperBound)
    return pieces(parts, of: text)
  }

  /// The places of parts that do not overlap, in their order: one walk over what was written.
  private func pieces(_ parts: [Range<Int>], of text: ParsedText) -> [ParsedText] {
    let end = Swift.min(text.span.end, sourceCount)
    guard text.range.count != text.span.count else {
      let shift = text.span.start - text.range.lowerBound
      return parts.map {
        ParsedText(
          start: $0.lowerBound, end: $0.upperBound,
          span: SourceSpan($0.lowerBound + shift, $0.upperBound + shift))
      }
    }
    var decoded = text.range.lowerBound
    var written = text.span.start
    func place(_ index: Int) -> Int {
      while decoded < index, written < end {
        written += FormText.decoded(buffer, at: written, end: end).width
        decoded += 1
      }
      return written
    }
    return parts.map { part in
      let start = place(part.lowerBound)
      return ParsedText(
        start: part.lowerBound, end: part.upperBound, span: SourceSpan(start, place(part.upperBound)))
    }
  }
}
