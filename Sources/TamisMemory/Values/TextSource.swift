/// The texts of rows.
protocol TextSource {
  /// Whether a row's text passes; null never does.
  func holds(_ row: Int, _ test: (Cell, Span<UInt8>) -> Bool) -> Bool
  /// Nil where the words of a row's text do not say.
  func isSame(_ row: Int, _ text: ShortText) -> Bool?
  func isNull(_ row: Int) -> Bool
}

struct Texts: TextSource {
  let first: RowAddress
  let offset: Int
  let stride: Int

  @inline(__always)
  func holds(_ row: Int, _ test: (Cell, Span<UInt8>) -> Bool) -> Bool {
    first.row(row, stride: stride).holdsText(at: offset, test)
  }

  @inline(__always)
  func isSame(_ row: Int, _ text: ShortText) -> Bool? {
    first.row(row, stride: stride).isSame(text, at: offset)
  }

  @inline(__always) func isNull(_ row: Int) -> Bool { false }
}

struct OptionalTexts: TextSource {
  let first: RowAddress
  let offset: Int
  let stride: Int

  @inline(__always)
  func holds(_ row: Int, _ test: (Cell, Span<UInt8>) -> Bool) -> Bool {
    first.row(row, stride: stride).holdsOptionalText(at: offset, test)
  }

  @inline(__always)
  func isSame(_ row: Int, _ text: ShortText) -> Bool? {
    first.row(row, stride: stride).isSame(text, at: offset)
  }

  @inline(__always)
  func isNull(_ row: Int) -> Bool { first.row(row, stride: stride).isNullText(at: offset) }
}
