public import TamisModel

/// Diagnostics for people: a sentence, the line of the request, and carets under the span.
///
///     error[value.invalid]: 'abc' is not a decimal number
///       filter[usage]=abc
///                     ^^^
public enum DiagnosticText {
  /// More columns than this are cut off around the span.
  static let widest = 160

  /// All of them, one after another. Of the request, and of what quotes it, only printable ASCII stands as it is.
  ///
  /// - Parameter source: the bytes that the spans count in: the query string, or the body.
  public static func render(_ diagnostics: [Diagnostic], source: [UInt8]) -> String {
    diagnostics.map { render($0, source: source) }.joined()
  }

  public static func render(_ diagnostic: Diagnostic, source: [UInt8]) -> String {
    var text = "\(diagnostic.severity.rawValue)[\(diagnostic.code)]: \(diagnostic.message)\n"
    if !source.isEmpty {
      let excerpt = Excerpt(source, diagnostic.span)
      text += "  \(excerpt.line)\n  \(excerpt.carets)\n"
    }
    if let suggestion = diagnostic.suggestion {
      text += "  did you mean '\(Escaping.text(suggestion))'?\n"
    }
    if let answer = diagnostic.serverAnswer { text += "  note: \(Escaping.text(answer.note))\n" }
    return text
  }

  /// The same for a file of many lines: `balances.json:3:17: error[…]: …`.
  public static func render(_ diagnostic: Diagnostic, source: [UInt8], name: String) -> String {
    let before = source[..<Swift.min(diagnostic.span.start, source.count)]
    let line = before.count { $0 == UInt8(ascii: "\n") } + 1
    let column = before.count - (before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0) + 1
    return "\(Escaping.text(name)):\(line):\(column): " + render(diagnostic, source: source)
  }

  /// The line of a span, escaped, and its carets.
  struct Excerpt: Equatable {
    private(set) var line = ""
    /// Where the carets begin, and how many columns the span takes.
    private var column = 0
    private var marked = 0

    /// At least one, also under an empty span.
    var carets: String {
      String(repeating: " ", count: column) + String(repeating: "^", count: Swift.max(1, marked))
    }

    init(_ source: [UInt8], _ span: SourceSpan) {
      let start = Swift.min(span.start, source.count)
      let lower = source[..<start].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
      let upper = source[start...].firstIndex(of: UInt8(ascii: "\n")) ?? source.count
      show(source, lower..<upper, start..<Swift.max(start, Swift.min(span.end, upper)))
    }

    private mutating func show(_ source: [UInt8], _ line: Range<Int>, _ span: Range<Int>) {
      // An escape takes few columns a byte, so a window of bytes bounds the columns.
      let first = Swift.max(line.lowerBound, span.lowerBound - DiagnosticText.widest / 2)
      let last = Swift.min(line.upperBound, span.lowerBound + DiagnosticText.widest / 2)
      var index = Excerpt.scalarStart(source, first, line.lowerBound)
      if index > line.lowerBound { self.line += "..." }
      column = self.line.utf8.count
      while index < last {
        let (shown, length) = Excerpt.piece(source, index, line.upperBound)
        self.line += shown
        if index + length <= span.lowerBound {
          column = self.line.utf8.count
        } else if index < span.upperBound {
          marked += shown.utf8.count
        }
        index += length
      }
      if index < line.upperBound { self.line += "..." }
    }

    private static func scalarStart(_ source: [UInt8], _ index: Int, _ lowest: Int) -> Int {
      var index = index
      while index > lowest, index < source.count, source[index] & 0xC0 == 0x80 { index -= 1 }
      return index
    }

    /// One scalar, or one byte that is none.
    private static func piece(_ source: [UInt8], _ index: Int, _ end: Int) -> (String, Int) {
      let length =
        switch source[index] {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: 1
        }
      if index + length <= end,
        let text = String(validating: source[index..<index + length], as: UTF8.self),
        let scalar = text.unicodeScalars.first
      {
        return (Escaping.scalar(scalar), length)
      }
      return (Escaping.byte(source[index]), 1)
    }
  }
}
