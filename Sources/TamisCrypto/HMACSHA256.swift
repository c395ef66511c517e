#if Crypto
  import Crypto
  public import TamisModel

  /// Cursors authenticated by HMAC-SHA256, with the trait `Crypto`.
  ///
  ///     let keyring = CursorKeyring(writing: CursorKey(id: 1, try HMACSHA256(secret: secret)))
  public struct HMACSHA256: CursorAuthenticator {
    /// A secret below 16 bytes could be guessed.
    public struct SecretTooShort: Error, Hashable, Sendable {}

    private let key: SymmetricKey

    /// - Parameter secret: at least 16 random bytes that only the servers know; 32 are right.
    public init(secret: [UInt8]) throws(SecretTooShort) {
      guard secret.count >= 16 else { throw SecretTooShort() }
      key = SymmetricKey(data: secret)
    }

    public func authenticationCode(for message: [UInt8]) -> [UInt8] {
      Array(HMAC<SHA256>.authenticationCode(for: message, using: key))
    }
  }
#endif
