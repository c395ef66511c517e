/// A UUID's canonical text from its bytes.
enum UUIDDigits {
  static func text(_ bytes: UUIDBytes) -> String {
    let all = [
      bytes.0, bytes.1, bytes.2, bytes.3, bytes.4, bytes.5, bytes.6, bytes.7, bytes.8, bytes.9, bytes.10,
      bytes.11, bytes.12, bytes.13, bytes.14, bytes.15,
    ]
    var text: [UInt8] = []
    text.reserveCapacity(36)
    for (index, byte) in all.enumerated() {
      if index == 4 || index == 6 || index == 8 || index == 10 { text.append(UInt8(ascii: "-")) }
      text.append(digit(byte >> 4))
      text.append(digit(byte & 15))
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? value &+ 48 : value &+ 87 }
}
