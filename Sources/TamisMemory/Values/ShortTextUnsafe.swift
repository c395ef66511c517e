/// A short ASCII text as the two words of a Swift string that holds it inside itself.
///
/// Swift does not promise how it keeps a string. Invariant: nothing here is used unless `isSupported`, which makes
/// strings of every short length and others that stand elsewhere, and looks whether their words are what is expected;
/// where they are not, texts are compared byte by byte. Then two equal words are one text, and a string that says it
/// is a short one and has other words is another text.
@safe struct ShortText {
  private let low: UInt64
  private let high: UInt64

  /// Nil for what is longer, not ASCII, or where strings are not kept so.
  init?(_ text: Cell, _ bytes: Span<UInt8>) {
    guard Self.isSupported else { return nil }
    self.init(bytes: text.range.map { bytes[$0] })
  }

  private init?(bytes: [UInt8]) {
    guard bytes.count <= 15, bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
    var words: (UInt64, UInt64) = (0, UInt64(0xE0 | bytes.count) << 56)
    for (index, byte) in bytes.enumerated() {
      if index < 8 {
        words.0 |= UInt64(byte) << UInt64(8 * index)
      } else {
        words.1 |= UInt64(byte) << UInt64(8 * (index - 8))
      }
    }
    (low, high) = words
  }

  /// Whether the string at an address is this text; nil where its words do not say.
  @inline(__always)
  func isSame(_ string: UnsafeRawPointer) -> Bool? {
    let other = unsafe string.load(fromByteOffset: 8, as: UInt64.self)
    if other == high { return unsafe string.load(as: UInt64.self) == low }
    return other & Self.shortMark != 0 ? false : nil
  }

  /// Set in the second word of each string that is kept inside itself.
  private static let shortMark: UInt64 = 1 << 61

  // MARK: The check

  static let isSupported: Bool =
    MemoryLayout<String>.size == 16 && MemoryLayout<String?>.size == 16 && UInt64(littleEndian: 1) == 1
    && (0...15).allSatisfy(isExpected) && elsewhere.allSatisfy(isElsewhere)

  private static func words<Text>(_ text: Text) -> (UInt64, UInt64) {
    unsafe withUnsafeBytes(of: text) {
      unsafe ($0.load(as: UInt64.self), $0.load(fromByteOffset: 8, as: UInt64.self))
    }
  }

  /// ASCII of one length, as string and as optional, and not ASCII.
  private static func isExpected(_ count: Int) -> Bool {
    let bytes = (0..<count).map { UInt8(97 + $0) }
    let text = String(decoding: bytes, as: UTF8.self)
    let optional: String? = text
    guard let expected = ShortText(bytes: bytes), words(text) == (expected.low, expected.high),
      words(optional) == words(text)
    else { return false }
    guard count >= 2 else { return true }
    let accented = String(decoding: bytes.dropLast(2) + [0xC3, 0xA9], as: UTF8.self)
    return words(accented).1 & shortMark != 0 && words(accented).1 != expected.high
  }

  /// Strings that are kept elsewhere: long ones, a short one with room to grow.
  private static var elsewhere: [String] {
    var roomy = String()
    roomy.reserveCapacity(64)
    roomy += "abc"
    return [String(repeating: "a", count: 16), String(repeating: "\u{E9}", count: 40), roomy]
  }

  private static func isElsewhere(_ text: String) -> Bool { words(text).1 & shortMark == 0 }
}
