/// A checksum in the place of a code: it finds damage, and nothing else. Anyone can write such a cursor, and so ask
/// for the records beside any place, within the filter and the scopes that are checked as ever.
///
/// For tests, and where every client is trusted.
public struct UnauthenticatedCursors: CursorAuthenticator {
  public init() {}

  /// FNV-1a of 64 bits from two starts.
  public func authenticationCode(for message: [UInt8]) -> [UInt8] {
    Self.checksum(message, from: 0xCBF2_9CE4_8422_2325) + Self.checksum(message, from: 0x9AE1_6A3B_2F90_404F)
  }

  private static func checksum(_ message: [UInt8], from start: UInt64) -> [UInt8] {
    var sum = start
    for byte in message { sum = (sum ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return (0..<8).map { UInt8(truncatingIfNeeded: sum >> UInt64($0 * 8)) }
  }
}
