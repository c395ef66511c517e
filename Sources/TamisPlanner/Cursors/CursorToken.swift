package import TamisModel

/// A place in one query's result, as text that clients carry and can neither read nor change.
///
/// As bytes: version · flags · number of the key · digest of the query (16) · seed of a random order (8, where there
/// is one) · for each sort key its value · code (16). As text: base64url without padding.
package struct CursorToken: Sendable {
  package static let version: UInt8 = 1
  private static let codeLength = 16
  private static let isBefore: UInt8 = 1
  private static let hasSeed: UInt8 = 2

  package let boundary: KeysetBoundary
  package let seed: UInt64?
  private let digest: ArraySlice<UInt8>
  private let key: CursorKey

  // MARK: Writing

  /// Nil for values that are not a query's sort keys, or an authenticator whose codes are too short to be any.
  package static func write(
    _ boundary: KeysetBoundary, of query: Query, with keyring: CursorKeyring
  ) -> String? {
    let key = keyring.writing
    guard query.beside(boundary) != nil, let digest = digest(of: query, key) else { return nil }
    var writer = ByteWriter()
    writer.byte(version)
    writer.byte(
      (boundary.side == .before ? isBefore : 0) | (query.randomOrder == nil ? 0 : hasSeed))
    writer.number(UInt64(key.id))
    writer.bytes += digest
    if let order = query.randomOrder { writer.fixed(order.seed) }
    for value in boundary.values {
      guard CursorValue.append(value, to: &writer) else { return nil }
    }
    guard let code = code(of: "cursor", writer.bytes[...], key) else { return nil }
    return Base64URL.encode(writer.bytes + code)
  }

  // MARK: Reading

  /// Reads and checks everything that the query need not be known for.
  package static func read(
    _ text: ArraySlice<UInt8>, with keyring: CursorKeyring
  ) -> Result<CursorToken, CursorFault> {
    guard !text.isEmpty else { return .failure(.malformed("it is empty")) }
    guard let bytes = Base64URL.decode(text) else { return .failure(.malformed("it is not base64url")) }
    guard let version = bytes.first, version == Self.version else {
      return .failure(.version(Int(bytes.first ?? 0)))
    }
    var reader = ByteReader(bytes.dropLast(codeLength).dropFirst())
    guard bytes.count > codeLength, let flags = reader.byte(), let id = reader.number() else {
      return .failure(.malformed("it is too short"))
    }
    guard let key = UInt32(exactly: id).flatMap(keyring.key),
      let code = code(of: "cursor", bytes.dropLast(codeLength), key),
      isEqual(code, bytes.suffix(codeLength))
    else { return .failure(.forged) }
    return content(flags, key, &reader).map(Result.success) ?? .failure(.malformed("it holds no place"))
  }

  private static func content(
    _ flags: UInt8, _ key: CursorKey, _ reader: inout ByteReader
  ) -> CursorToken? {
    guard flags & ~(isBefore | hasSeed) == 0, let digest = reader.take(codeLength) else { return nil }
    var seed: UInt64?
    if flags & hasSeed != 0 {
      guard let stored = reader.fixed() else { return nil }
      seed = stored
    }
    var values: [Value?] = []
    while !reader.isAtEnd {
      guard let value = CursorValue.read(&reader) else { return nil }
      values.append(value)
    }
    let boundary = KeysetBoundary(values: values, side: flags & isBefore == 0 ? .after : .before)
    return CursorToken(boundary: boundary, seed: seed, digest: digest, key: key)
  }

  /// Whether it was written for this query.
  package func belongs(to query: Query) -> Bool {
    guard (seed == nil) == (query.randomOrder == nil) else { return false }
    return Self.digest(of: query, key).map { Self.isEqual($0, digest) } ?? false
  }

  // MARK: Codes

  private static func digest(of query: Query, _ key: CursorKey) -> ArraySlice<UInt8>? {
    code(of: "query", QueryDigest.bytes(of: query)[...], key)
  }

  /// A code of one kind is never one of another kind. Nil for an authenticator that gives none worth the name.
  private static func code(
    of kind: StaticString, _ message: ArraySlice<UInt8>, _ key: CursorKey
  ) -> ArraySlice<UInt8>? {
    let label = Array("tamis \(kind)".utf8) + [0, version]
    let code = key.authenticator.authenticationCode(for: label + message)
    return code.count >= codeLength ? code.prefix(codeLength) : nil
  }

  /// Takes the same time wherever the first difference is.
  private static func isEqual(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Bool {
    guard left.count == right.count else { return false }
    return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }
}

/// Why a text is not a cursor of this server.
package enum CursorFault: Error {
  case malformed(String)
  case version(Int)
  case forged

  package var problem: Problem {
    switch self {
    case .malformed(let reason): .invalidCursor(reason: reason)
    case .version(let version): .unknownCursorVersion(version: version)
    case .forged: .forgedCursor
    }
  }
}
