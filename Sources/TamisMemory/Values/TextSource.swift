/// The texts of rows.
protocol TextSource {
  /// Whether a row's text passes; null never does.
  func holds(_ row: Int, _ test: (Cell, Span<UInt8>) -> Bool) -> Bool
  func isNull(_ row: Int) -> Bool
}

struct Texts: TextSource {
  let first: RowAddress
  let offset: Int
  let stride: Int

  @inline(__always)
  func holds(_ row: Int, _ test: (Cell, Span<UInt8>) -> Bool) -> Bool {
    first.row(row, stride: stride).withValue(at: offset, as: String.self) { text in
      let bytes = text.utf8.span
      guard bytes.count <= Cell.longestText else { return false }
      return test(Cell(text: 0..<bytes.count, of: bytes), bytes)
    }
  }

  @inline(__always) func isNull(_ row: Int) -> Bool { false }
}

struct OptionalTexts: TextSource {
  let first: RowAddress
  let offset: Int
  let stride: Int

  @inline(__always)
  func holds(_ row: Int, _ test: (Cell, Span<UInt8>) -> Bool) -> Bool {
    first.row(row, stride: stride).withValue(at: offset, as: String?.self) { text in
      guard let text = copy text else { return false }
      let bytes = text.utf8.span
      guard bytes.count <= Cell.longestText else { return false }
      return test(Cell(text: 0..<bytes.count, of: bytes), bytes)
    }
  }

  @inline(__always)
  func isNull(_ row: Int) -> Bool {
    first.row(row, stride: stride).withValue(at: offset, as: String?.self) { $0 == nil }
  }
}
