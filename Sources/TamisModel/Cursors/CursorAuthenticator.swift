/// Makes the code by which a server recognises its own cursors: a keyed hash such as HMAC-SHA256, which nobody can
/// make without the key.
///
/// The product `TamisCrypto` has `HMACSHA256`, behind the trait `Crypto`.
public protocol CursorAuthenticator: Sendable {
  /// The code of a message: always the same for one message, at least 16 bytes, of which the first 16 are used.
  func authenticationCode(for message: [UInt8]) -> [UInt8]
}

/// One key that cursors are written and checked with, and the number that names it inside them.
public struct CursorKey: Sendable {
  public let id: UInt32
  public let authenticator: any CursorAuthenticator

  public init(id: UInt32, _ authenticator: any CursorAuthenticator) {
    self.id = id
    self.authenticator = authenticator
  }
}

/// The keys of a server's cursors: one to write with, and those that still are to be read.
///
///     CursorKeyring(writing: CursorKey(id: 2, newKey), reading: [CursorKey(id: 1, oldKey)])
///
/// To change the key, first let every server read the new one, then write with it, and drop the old one when its
/// cursors have had their day.
public struct CursorKeyring: Sendable {
  public let writing: CursorKey
  public let reading: [CursorKey]

  public init(writing: CursorKey, reading: [CursorKey] = []) {
    self.writing = writing
    self.reading = reading
  }

  /// Cursors that anyone can write: for tests, and where every client is trusted.
  public static let unauthenticated = CursorKeyring(
    writing: CursorKey(id: 0, UnauthenticatedCursors()))

  /// The key of this number; the writing key goes first.
  package func key(_ id: UInt32) -> CursorKey? {
    writing.id == id ? writing : reading.first { $0.id == id }
  }
}
