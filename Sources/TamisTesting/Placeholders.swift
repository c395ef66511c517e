/// Placeholders of a statement, outside of names and literals.
public enum Placeholders {
  /// Different ones: `$1` twice is one, each bare `?` is its own, `?2` is the second again, and so is
  /// `{p2:Int64}`.
  public static func count(_ text: String) -> Int {
    var numbers: Set<Int> = []
    var last = 0
    var quote: UInt8?
    let bytes = Array(text.utf8)
    for (index, byte) in bytes.enumerated() {
      if let open = quote {
        if byte == open { quote = nil }
        continue
      }
      switch byte {
      case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"): quote = byte
      case UInt8(ascii: "?"), UInt8(ascii: "$"):
        let digits = bytes[(index + 1)...].prefix { $0 &- 48 < 10 }
        let number = Int(String(decoding: digits, as: UTF8.self))
        if number == nil, byte == UInt8(ascii: "?") { last = (numbers.max() ?? 0) + 1 }
        numbers.insert(number ?? last)
      case UInt8(ascii: ":") where bytes.dropFirst(index + 1).first == UInt8(ascii: "p"), UInt8(ascii: "{"):
        let digits = bytes.dropFirst(index + 2).prefix { $0 &- 48 < 10 }
        if let number = Int(String(decoding: digits, as: UTF8.self)) { numbers.insert(number) }
      default: break
      }
    }
    return numbers.count
  }
}
