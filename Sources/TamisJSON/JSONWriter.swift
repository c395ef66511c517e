/// Writes JSON bytes: commas are its own business.
package struct JSONWriter: Sendable {
  package private(set) var bytes: [UInt8]
  /// Whether the next value or name needs a comma before it.
  private var needsComma = false

  package init(bytes: [UInt8] = []) {
    self.bytes = bytes
  }

  package mutating func beginObject() { open(UInt8(ascii: "{")) }
  package mutating func endObject() { close(UInt8(ascii: "}")) }
  package mutating func beginArray() { open(UInt8(ascii: "[")) }
  package mutating func endArray() { close(UInt8(ascii: "]")) }

  package mutating func name(_ text: some Collection<UInt8>) {
    string(text)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  package mutating func name(_ text: String) { name(text.utf8) }
  package mutating func string(_ text: String) { string(text.utf8) }
  package mutating func null() { raw("null".utf8) }
  package mutating func boolean(_ flag: Bool) { raw((flag ? "true" : "false").utf8) }
  package mutating func integer(_ number: Int) { raw(String(number).utf8) }
  package mutating func integer(_ number: Int64) { raw(String(number).utf8) }

  /// A number as it is spelled.
  package mutating func number(_ text: some Collection<UInt8>) { raw(text) }

  /// A value that is JSON already.
  package mutating func raw(_ json: some Collection<UInt8>) {
    separate()
    bytes.append(contentsOf: json)
  }

  package mutating func string(_ text: some Collection<UInt8>) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    for byte in text { appendEscaped(byte) }
    bytes.append(UInt8(ascii: "\""))
  }

  /// A string in which only printable ASCII stands as it is, and nothing that HTML reads: everything else is
  /// escaped. For text that came from a client.
  package mutating func escapedString(_ text: String) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    for unit in text.utf16 {
      switch unit {
      case 0x22, 0x26, 0x27, 0x3C, 0x3E, 0x5C, 0..<0x20, 0x7F...: appendEscape(unit)
      default: bytes.append(UInt8(truncatingIfNeeded: unit))
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// A value that is JSON already and minified, escaped like `escapedString`: what needs it stands inside strings.
  package mutating func escapedRaw(_ json: [UInt8]) {
    separate()
    for unit in String(decoding: json, as: UTF8.self).utf16 {
      switch unit {
      case 0x26, 0x27, 0x3C, 0x3E, 0..<0x20, 0x7F...: appendEscape(unit)
      default: bytes.append(UInt8(truncatingIfNeeded: unit))
      }
    }
  }

  private mutating func appendEscape(_ unit: UInt16) {
    if unit == 0x22 || unit == 0x5C {
      bytes.append(UInt8(ascii: "\\"))
      bytes.append(UInt8(truncatingIfNeeded: unit))
      return
    }
    bytes.append(contentsOf: "\\u".utf8)
    for shift in [12, 8, 4, 0] as [UInt16] {
      bytes.append(hexadecimal(UInt8(truncatingIfNeeded: unit >> shift) & 15))
    }
  }

  private mutating func appendEscaped(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"):
      bytes.append(UInt8(ascii: "\\"))
      bytes.append(byte)
    case UInt8(ascii: "\n"): bytes.append(contentsOf: "\\n".utf8)
    case UInt8(ascii: "\r"): bytes.append(contentsOf: "\\r".utf8)
    case UInt8(ascii: "\t"): bytes.append(contentsOf: "\\t".utf8)
    case 0..<0x20:
      bytes.append(contentsOf: "\\u00".utf8)
      bytes.append(hexadecimal(byte >> 4))
      bytes.append(hexadecimal(byte & 15))
    default: bytes.append(byte)
    }
  }

  private func hexadecimal(_ digit: UInt8) -> UInt8 {
    digit < 10 ? 48 + digit : 87 + digit
  }

  private mutating func open(_ bracket: UInt8) {
    separate()
    bytes.append(bracket)
    needsComma = false
  }

  private mutating func close(_ bracket: UInt8) {
    bytes.append(bracket)
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = true
  }
}
