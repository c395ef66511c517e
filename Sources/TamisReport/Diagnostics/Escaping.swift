/// Foreign text made safe to show: only printable ASCII reaches a terminal, so that every byte has a known width.
package enum Escaping {
  package static func text(_ text: String) -> String {
    var shown = ""
    for scalar in text.unicodeScalars { shown += Escaping.scalar(scalar) }
    return shown
  }

  package static func scalar(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case " "..."~": String(scalar)
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    default: "\\u{\(String(scalar.value, radix: 16))}"
    }
  }

  package static func byte(_ byte: UInt8) -> String {
    "\\x\(byte < 16 ? "0" : "")\(String(byte, radix: 16))"
  }
}
