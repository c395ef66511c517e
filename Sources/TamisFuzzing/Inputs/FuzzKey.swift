import Tamis

/// A key for cursors that a fuzzer does not guess: two different numbers give two different codes.
struct FuzzKey: CursorAuthenticator {
  var number: UInt8

  func authenticationCode(for message: [UInt8]) -> [UInt8] {
    let keyed = [number] + message + [number]
    let code = UnauthenticatedCursors().authenticationCode(for: keyed)
    return code + UnauthenticatedCursors().authenticationCode(for: keyed + code)
  }

  static func keyring(_ number: UInt8) -> CursorKeyring {
    CursorKeyring(writing: CursorKey(id: 7, FuzzKey(number: number)))
  }
}
