import TamisModel

/// A printed request, and which clause each piece of it says.
struct WrittenText {
  var bytes: [UInt8]
  /// In the order of the text; a piece is a pair, or a criterion of a body.
  var places: [(range: Range<Int>, node: Int)] = []

  /// The clause that a place of the text belongs to.
  func node(at span: SourceSpan) -> Int? {
    places.first { $0.range.lowerBound <= span.start && span.start < $0.range.upperBound }?.node
  }
}
