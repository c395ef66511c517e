import TamisModel

/// A literal, as an encoding needs it: a number or bytes, whichever the type has.
struct Literal {
  var number: Int64 = 0
  /// UTF-8 of texts, decimals, UUIDs and JSON.
  var bytes: ArraySlice<UInt8> = []
}

extension ColumnEncoding {
  /// The value to compare with. `rounding` says what becomes of a decimal between two stored integers.
  func binding(
    _ literal: Literal, of operand: Operand.Kind, rounding: ScaledInteger.Rounding, cases: [SQLBinding]
  ) -> SQLBinding? {
    switch (self, operand) {
    case (.text, .text), (.scalarText, .text), (.scalarText, .decimal), (.decimalText, .decimal):
      .text(String(decoding: literal.bytes, as: UTF8.self))
    case (.scalarText, .boolean), (.booleanText, .boolean): .text(literal.number != 0 ? "true" : "false")
    case (.integer, .integer): .integer(literal.number)
    case (.numeric, .decimal): .decimal(String(decoding: literal.bytes, as: UTF8.self))
    case (.numeric, .integer): .decimal(String(literal.number))
    case (.fixedDecimal(let precision, let scale), .decimal):
      .decimal(FixedDecimal.literal(literal.bytes, precision: precision, scale: scale, rounding: rounding))
    case (.scaledInteger(let scale), .decimal):
      .integer(ScaledInteger.literal(literal.bytes, scale: scale, rounding: rounding))
    case (.orderedText, .decimal): .text(OrderedText.encode(literal.bytes))
    case (.orderedText, .integer): .text(OrderedText.encode(Array(String(literal.number).utf8)[...]))
    case (.boolean, .boolean): .boolean(literal.number != 0)
    case (.booleanInteger, .boolean): .integer(literal.number != 0 ? 1 : 0)
    case (.uuid, .uuid): .uuid(String(decoding: literal.bytes, as: UTF8.self))
    case (.uuidText, .uuid): .text(String(decoding: literal.bytes, as: UTF8.self))
    case (.uuidBytes, .uuid): .bytes(UUIDText.sixteenBytes(literal.bytes))
    case (.date, .date): .date(literal.number)
    case (.dateInteger, .date), (.timestampInteger, .timestamp): .integer(literal.number)
    case (.dateFromInteger, .date):
      .integer(clamped(literal.number, CalendarDate.minimumDays, CalendarDate.endDays))
    case (.timestampFromInteger, .timestamp):
      .integer(clamped(literal.number, Timestamp.minimum, Timestamp.end))
    case (.dateText, .date): .text(Self.dayText(literal.number))
    case (.timestamp, .timestamp): .timestamp(literal.number)
    case (.timestampText, .timestamp): .text(Self.instantText(literal.number))
    case (.enumerationInteger, .enumerationCase), (.enumerationText, .enumerationCase):
      cases.indices.contains(Int(literal.number)) ? cases[Int(literal.number)] : nil
    case (.document, .json), (.documentText, .json): .json(String(decoding: literal.bytes, as: UTF8.self))
    default: nil
    }
  }

  /// Days beyond the years 1 to 9999 become text that sorts beyond every stored day, and equals none.
  private static func dayText(_ days: Int64) -> String {
    if days < CalendarDate.minimumDays { return "0000-01-01" }
    if days >= CalendarDate.endDays { return "9999-12-32" }
    return CalendarDate(daysSinceEpoch: days).description
  }

  /// One beyond what is stored stands for everything beyond it.
  private func clamped(_ number: Int64, _ minimum: Int64, _ end: Int64) -> Int64 {
    Swift.min(Swift.max(number, minimum - 1), end)
  }

  private static func instantText(_ microseconds: Int64) -> String {
    if microseconds < Timestamp.minimum { return "0000-01-01T00:00:00.000000Z" }
    if microseconds >= Timestamp.end { return "9999-12-31T24:00:00.000000Z" }
    return Timestamp(microseconds: microseconds).description
  }
}
