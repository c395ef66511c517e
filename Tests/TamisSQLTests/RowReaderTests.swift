import TamisModel
import TamisSQL
import Testing

/// What drivers give for a column, as the value of its field.
@Suite struct RowReaderTests {
  private static let states = Enumeration([
    Enumeration.Case("on", stored: .integer(1)), Enumeration.Case("off", stored: .integer(0)),
  ])
  private static let uuid: [UInt8] = [
    0x6B, 0xA7, 0xB8, 0x10, 0x9D, 0xAD, 0x11, 0xD1, 0x80, 0xB4, 0x00, 0xC0, 0x4F, 0xD4, 0x30, 0xC8,
  ]

  static let stored: [(SQLBinding, FieldType, Value?)] = [
    (.timestamp(5), .timestamp, .timestamp(Timestamp(microseconds: 5))), (.timestamp(5), .text, nil),
    (.date(6), .date, .date(CalendarDate(daysSinceEpoch: 6))), (.date(6), .text, nil),
    (.bytes(uuid), .uuid, .uuid("6ba7b810-9dad-11d1-80b4-00c04fd430c8")),
    (.bytes(Array(uuid.dropLast())), .uuid, nil), (.bytes(uuid), .text, nil),
    (.boolean(true), .json, .json("true")), (.boolean(false), .json, .json("false")),
    (.text("1"), .enumeration(states), .enumeration("on")),
    (.integer(0), .enumeration(states), .enumeration("off")),
    (.text("2"), .enumeration(states), nil), (.text("on"), .enumeration(states), nil),
    (.text("2024-01-15 10:30:00+00"), .timestamp, .timestamp(Timestamp(microseconds: 1_705_314_600_000_000))),
    (.text("2024-01-15"), .date, .date(CalendarDate(daysSinceEpoch: 19_737))), (.text("soon"), .date, nil),
    (.array([.integer(1)]), .integer, nil), (.null, .text, nil), (.integer(7), .text, nil),
    (.integer(7), .json, .json("7")), (.integer(7), .bigInteger, .decimal(Decimal(7))),
    (.text(#"{ "b":1.0 }"#), .json, .json(#"{"b":1}"#)), (.text("{"), .json, .json("{")),
  ]

  @Test func values() {
    for (binding, type, expected) in Self.stored {
      let found = SQLRowReader.value(binding, of: Field("f", type), dialect: .postgreSQL)
      #expect(found == expected, "\(binding) as \(type)")
    }
  }

  /// A driver may convert what the column holds as text.
  @Test func storedAsText() {
    let at = Field("at", .timestamp).storage(.fixedWidthText, on: "sqlite")
    let day = Field("day", .date).storage(.fixedWidthText, on: "sqlite")
    let instant = Value.timestamp(Timestamp(microseconds: 5))
    #expect(SQLRowReader.value(.timestamp(5), of: at, dialect: .sqlite) == instant)
    #expect(SQLRowReader.value(.text("1970-01-01T00:00:00.000005Z"), of: at, dialect: .sqlite) == instant)
    #expect(SQLRowReader.value(.date(6), of: day, dialect: .sqlite) == .date(CalendarDate(daysSinceEpoch: 6)))
    #expect(SQLRowReader.value(.date(6), of: at, dialect: .sqlite) == nil)
  }
}
