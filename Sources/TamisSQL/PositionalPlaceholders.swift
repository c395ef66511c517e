/// Placeholders of engines that have only `?`. The writer marks each with its number, and in the end every mark becomes
/// a `?`, and the bindings are put in the order of the marks, once for each.
enum PositionalPlaceholders {
  /// No name holds it, and literals do not either. A digit never follows the number.
  static let mark: UInt8 = 0

  static func marked(_ number: Int) -> String { "\u{0}\(number)" }

  static func placed(
    _ statement: SQLStatement, _ slots: [BindingSlot]?
  ) -> (statement: SQLStatement, slots: [BindingSlot]?) {
    var output: [UInt8] = []
    var numbers: [Int] = []
    var isNumber = false
    output.reserveCapacity(statement.text.utf8.count)
    for byte in statement.text.utf8 {
      if byte == mark {
        isNumber = true
        numbers.append(0)
        output.append(UInt8(ascii: "?"))
      } else if isNumber, byte &- 48 < 10 {
        numbers[numbers.count - 1] = numbers[numbers.count - 1] &* 10 &+ Int(byte &- 48)
      } else {
        isNumber = false
        output.append(byte)
      }
    }
    return (
      SQLStatement(
        text: String(decoding: output, as: UTF8.self), bindings: numbers.map { statement.bindings[$0 - 1] }),
      slots.map { slots in numbers.map { slots[$0 - 1] } }
    )
  }
}
