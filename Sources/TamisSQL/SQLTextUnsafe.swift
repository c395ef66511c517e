extension [UInt8] {
  /// Appends a literal of the source code: the emitter's own words.
  mutating func append(_ literal: StaticString) {
    // A literal of more than one scalar is kept as a pointer to constant, null-terminated UTF-8 that lives as long as
    // the program; a literal of one scalar may be kept as that scalar, which has no pointer.
    if literal.hasPointerRepresentation {
      unsafe append(
        contentsOf: UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
    } else {
      append(contentsOf: String(literal.unicodeScalar).utf8)
    }
  }
}
