import TamisModel
import Testing

@Suite("Dates as written")
struct DateTests {
  /// text | floor | first instant after it
  static let readings: [(String, String, String)] = [
    ("2024", "2024-01-01T00:00:00.000000Z", "2025-01-01T00:00:00.000000Z"),
    ("2024-12", "2024-12-01T00:00:00.000000Z", "2025-01-01T00:00:00.000000Z"),
    ("2024-02-29", "2024-02-29T00:00:00.000000Z", "2024-03-01T00:00:00.000000Z"),
    ("2024/02/29", "2024-02-29T00:00:00.000000Z", "2024-03-01T00:00:00.000000Z"),
    ("2024-01-15T10", "2024-01-15T10:00:00.000000Z", "2024-01-15T11:00:00.000000Z"),
    ("2024-01-15 10:30", "2024-01-15T10:30:00.000000Z", "2024-01-15T10:31:00.000000Z"),
    ("2024-01-15t10:30:45z", "2024-01-15T10:30:45.000000Z", "2024-01-15T10:30:46.000000Z"),
    ("2024-01-15T10:30:45.1234Z", "2024-01-15T10:30:45.123400Z", "2024-01-15T10:30:45.123500Z"),
    ("2024-01-15T10:30:45.123456Z", "2024-01-15T10:30:45.123456Z", "2024-01-15T10:30:45.123457Z"),
    ("2024-01-01T00:30:00+01:00", "2023-12-31T23:30:00.000000Z", "2023-12-31T23:30:01.000000Z"),
    ("1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z", "1970-01-01T00:00:00.000000Z"),
    ("0001-01-01", "0001-01-01T00:00:00.000000Z", "0001-01-02T00:00:00.000000Z"),
    ("9999-12-31", "9999-12-31T00:00:00.000000Z", "10000-01-01T00:00:00.000000Z"),
  ]

  @Test("denote the interval of their precision", arguments: readings)
  func interval(_ row: (String, String, String)) throws {
    let bytes = Array(row.0.utf8)
    let literal = try DateLiteral.read(bytes, 0..<bytes.count, offsetMinutes: 0)
    #expect(Timestamp(microseconds: literal.floor).description == row.1)
    #expect(Timestamp(microseconds: literal.ceiling).description == row.2)
  }

  static let faults: [(String, DateLiteral.Fault)] = [
    ("", .shape), ("2024-1-5", .shape), ("24-01-01", .shape), ("2024-01-01T", .shape), ("now", .shape),
    ("2024-01-01T1:00", .shape), ("2024-01-01T10:00:00.", .shape), ("2024-01-01T10:00:00Zx", .shape),
    ("2024-01-01T10:00:00+0200", .shape), ("2024-01/01", .shape), ("2024/01", .shape),
    ("2024/01/01T10:00", .shape), ("2023-02-29", .noSuchDate), ("2024-13", .noSuchDate),
    ("2024-00-10", .noSuchDate),
    ("2024-04-31", .noSuchDate), ("1900-02-29", .noSuchDate), ("2024-01-01T24:00:00", .noSuchTime),
    ("2024-01-01T23:60", .noSuchTime), ("2024-01-01T23:59:60Z", .noSuchTime),
    ("2024-01-01T00:00:00+24:00", .noSuchTime), ("2024-01-01T00:00:00+01:60", .noSuchTime),
    ("2024-01-01T00:00:00.1234567", .tooManyFractionDigits),
    // The byte after the digits.
    ("2024-01-0:", .shape), ("2024-01-01T00:00:00.5:", .shape), ("2024-01-01T00:00:00.5:0Z", .shape),
    ("0000-01-01", .yearOutOfRange), ("0001-01-01T00:00:00+00:01", .yearOutOfRange),
    ("9999-12-31T23:59:59-00:01", .yearOutOfRange), ("2024-01-01T00:00:00 02:00", .blankForPlus),
  ]

  @Test("that do not exist are refused, with the reason", arguments: faults)
  func fault(_ row: (String, DateLiteral.Fault)) {
    let bytes = Array(row.0.utf8)
    #expect(throws: row.1) { try DateLiteral.read(bytes, 0..<bytes.count, offsetMinutes: 0) }
  }

  @Test("a resource's offset applies where none is written")
  func defaultOffset() throws {
    let bytes = Array("2024-01-01".utf8)
    let literal = try DateLiteral.read(bytes, 0..<bytes.count, offsetMinutes: 90)
    #expect(Timestamp(microseconds: literal.floor).description == "2023-12-31T22:30:00.000000Z")
    #expect(!literal.hasOffset)
    for (text, floor, ceiling) in [
      ("2024", "2023-12-31T22:30:00.000000Z", "2024-12-31T22:30:00.000000Z"),
      ("2024-02", "2024-01-31T22:30:00.000000Z", "2024-02-29T22:30:00.000000Z"),
      ("2024-02-01", "2024-01-31T22:30:00.000000Z", "2024-02-01T22:30:00.000000Z"),
      ("2024-02-01T12", "2024-02-01T10:30:00.000000Z", "2024-02-01T11:30:00.000000Z"),
      ("2024-02-01T12:00:00Z", "2024-02-01T12:00:00.000000Z", "2024-02-01T12:00:01.000000Z"),
    ] {
      let bytes = Array(text.utf8)
      let literal = try DateLiteral.read(bytes, 0..<bytes.count, offsetMinutes: 90)
      #expect(Timestamp(microseconds: literal.floor).description == floor, "\(text)")
      #expect(Timestamp(microseconds: literal.ceiling).description == ceiling, "\(text)")
    }
  }

  @Test("every day from year 1 to 9999 is its number, and back")
  func days() {
    var expected = CalendarDate.minimumDays
    for year in 1...9999 {
      for month in 1...12 {
        for day in [1, CalendarDate.daysInMonth(year: year, month: month)] {
          let number = CalendarDate.days(year: year, month: month, day: day)
          let parts = CalendarDate(daysSinceEpoch: number).parts
          guard parts == (year, month, day) else {
            Issue.record("\(year)-\(month)-\(day) is \(parts)")
            return
          }
        }
        guard CalendarDate.days(year: year, month: month, day: 1) == expected else {
          Issue.record("\(year)-\(month) does not follow the month before it")
          return
        }
        expected += Int64(CalendarDate.daysInMonth(year: year, month: month))
      }
    }
    #expect(expected == CalendarDate.endDays)
  }
}
