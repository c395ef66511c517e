import TamisModel

/// A number as PHP reads it, with all of its digits.
struct FormNumber {
  enum Reading {
    case number(FormNumber)
    case notNumeric
    case tooManyDigits
  }

  /// PHP: an integer of 64 bits; else a floating number.
  var isInteger: Bool
  /// Canonical decimal text in the buffer.
  var range: Range<Int>

  var operand: Operand { Operand(.decimal, text: range) }

  static func read(_ buffer: inout [UInt8], _ range: Range<Int>, digitLimit: Int) -> Reading {
    guard let number = PHPNumber.read(buffer, range) else { return .notNumeric }
    var canonical: [UInt8] = []
    switch DecimalText.canonicalise(buffer, number.range, into: &canonical, digitLimit: digitLimit) {
    case .number: break
    case .notANumber: return .notNumeric
    case .tooManyDigits: return .tooManyDigits
    }
    let start = buffer.count
    buffer.append(contentsOf: canonical)
    return .number(FormNumber(isInteger: number.kind == .integer, range: start..<buffer.count))
  }
}
