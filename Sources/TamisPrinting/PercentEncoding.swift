import TamisModel

/// Percent-encoding of names and values: as little as a URL's query asks for (RFC 3986), and what the query dialects
/// or servers would read as something else.
enum PercentEncoding {
  /// Bytes that stand for themselves in a value: what RFC 3986 allows in a query, without `&` (the next pair), `+` (a
  /// blank) and `;` (which some servers split at).
  private static let plain: [Bool] = {
    let allowed = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$'()*,=:@/?".utf8)
    return (0...255).map { allowed.contains(UInt8($0)) }
  }()

  /// Appends text; the bytes of `also` are escaped, too.
  static func append(_ text: some Sequence<UInt8>, escaping also: String = "", to output: inout [UInt8]) {
    for byte in text {
      if plain[Int(byte)], !also.utf8.contains(byte) {
        output.append(byte)
      } else {
        escape(byte, to: &output)
      }
    }
  }

  static func escape(_ byte: UInt8, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "%"))
    output.append(digit(byte >> 4))
    output.append(digit(byte & 15))
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? 48 + value : 55 + value
  }
}
