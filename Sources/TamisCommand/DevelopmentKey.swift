#if CommandLine
  import Tamis

  /// A key for tokens that are tried out at a terminal. It tells the tokens of one key from those of another, and
  /// finds damage; it is no protection: a server takes `HMACSHA256` of `TamisCrypto`.
  struct DevelopmentKey: CursorAuthenticator {
    private let key: [UInt8]

    init(_ text: String) {
      key = Array(text.utf8)
    }

    func authenticationCode(for message: [UInt8]) -> [UInt8] {
      let inner = UnauthenticatedCursors().authenticationCode(for: key + message + key)
      return UnauthenticatedCursors().authenticationCode(for: key + inner)
    }

    /// The keyring of a command line: its option, or the environment's variable; nil without either.
    static func keyring(_ option: String?, _ environment: String?) -> CursorKeyring? {
      guard let text = option ?? environment, !text.isEmpty else { return nil }
      return CursorKeyring(writing: CursorKey(id: 0, DevelopmentKey(text)))
    }
  }
#endif
