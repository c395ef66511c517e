/// A half-open range of bytes `[start, end)` in the request as it was received, before any decoding.
///
/// In `currency_eq=USD` the value has the span 12..<15. A body's spans count from its first byte.
public struct SourceSpan: Hashable, Sendable, Comparable {
  /// Stored narrow because every node of a parsed query carries one.
  @usableFromInline var storedStart: UInt32
  @usableFromInline var storedEnd: UInt32

  /// Offsets are within a request, which the limits hold far below 4 GiB.
  @inlinable
  public init(_ start: Int, _ end: Int) {
    storedStart = UInt32(truncatingIfNeeded: start)
    storedEnd = UInt32(truncatingIfNeeded: end)
  }

  /// Offset of the first byte.
  @inlinable public var start: Int { Int(storedStart) }
  /// Offset after the last byte.
  @inlinable public var end: Int { Int(storedEnd) }
  /// Number of bytes.
  @inlinable public var count: Int { end &- start }

  /// The smallest span that holds both.
  public func union(_ other: SourceSpan) -> SourceSpan {
    SourceSpan(Swift.min(start, other.start), Swift.max(end, other.end))
  }

  public static func < (left: SourceSpan, right: SourceSpan) -> Bool {
    (left.storedStart, left.storedEnd) < (right.storedStart, right.storedEnd)
  }
}
