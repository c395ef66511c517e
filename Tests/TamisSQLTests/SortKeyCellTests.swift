import TamisModel
import TamisSQL
import Testing

/// Sort keys come back from a row as cells, in whatever form a driver has for them, and become typed values.
@Suite struct SortKeyCellTests {
  private func value(_ cell: SQLBinding, _ type: FieldType, _ storage: Storage? = nil) throws -> Value? {
    let resource = Resource("rows", dialect: .suffix) {
      Field("id", .integer).primaryKey()
      storage.map { Field("key", type).sortable().storage($0, on: SQLDialect.sqlite.name) }
        ?? Field("key", type).sortable()
    }
    let emitter = SQLEmitter(resource: resource, dialect: .sqlite)
    let key = try #require(resource.field(named: "key"))
    let sort = SortKey(field: key, direction: .ascending, nulls: .last)
    let query = try #require(Query(resource, sort: [sort]))
    do throws(QueryError) {
      return try emitter.boundary(.after, [cell, .integer(1)], of: query).values[0]
    } catch {
      #expect(error.diagnostics.map(\.code) == ["syntax.wrong-shape"])
      return nil
    }
  }

  @Test func uuids() throws {
    let canonical = Value.uuid("01234567-89ab-cdef-0123-456789abcdef")
    let digits = "0123456789abcdef0123456789abcdef"
    let bytes: [UInt8] = [
      0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef, 0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef,
    ]
    for storage in [Storage.text, .bytes] {
      #expect(try value(.text("01234567-89AB-cdef-0123-456789abcdef"), .uuid, storage) == canonical)
      #expect(try value(.text("\\x" + digits), .uuid, storage) == canonical)
      #expect(try value(.text("\\x" + digits + "0"), .uuid, storage) == nil)
      #expect(try value(.text("xx" + digits), .uuid, storage) == nil)
      #expect(try value(.bytes(bytes), .uuid, storage) == canonical)
      #expect(try value(.bytes(bytes.dropLast()), .uuid, storage) == nil)
      #expect(try value(.bytes(bytes + [0]), .uuid, storage) == nil)
      #expect(try value(.integer(1), .uuid, storage) == nil)
    }
  }

  @Test func booleans() throws {
    for storage in [Storage.integer, .text] {
      for cell in [SQLBinding.boolean(true), .integer(1), .text("true"), .text("t"), .text("1")] {
        #expect(try value(cell, .boolean, storage) == .boolean(true))
      }
      for cell in [SQLBinding.boolean(false), .integer(0), .text("false"), .text("f"), .text("0")] {
        #expect(try value(cell, .boolean, storage) == .boolean(false))
      }
      for cell in [SQLBinding.integer(2), .text("yes"), .null] {
        #expect(try value(cell, .boolean, storage) == nil)
      }
    }
  }

  @Test func scaledDecimals() throws {
    for (cell, text) in [
      (SQLBinding.integer(150), "1.5"), (.integer(-5), "-0.05"), (.integer(12), "0.12"), (.integer(0), "0"),
      (.integer(100), "1"), (.text("-123"), "-1.23"),
    ] {
      let found = try value(cell, .decimal(precision: 8, scale: 2), .integer)
      #expect(found == .decimal(Decimal(canonical: text)), "\(cell)")
    }
    #expect(try value(.text("1.5"), .decimal(precision: 8, scale: 2), .integer) == nil)
  }

  @Test func calendarTexts() throws {
    #expect(
      try value(.text("2024-02-29"), .date, .fixedWidthText) == .date(CalendarDate(daysSinceEpoch: 19_782)))
    #expect(
      try value(.text("1969-12-31"), .date, .fixedWidthText) == .date(CalendarDate(daysSinceEpoch: -1)))
    #expect(
      try value(.text("1970-01-01T00:00:00.000001Z"), .timestamp, .fixedWidthText)
        == .timestamp(Timestamp(microseconds: 1)))
    #expect(try value(.text("noon"), .timestamp, .fixedWidthText) == nil)
    #expect(try value(.text("-1"), .date, .integer) == .date(CalendarDate(daysSinceEpoch: -1)))
  }

  @Test func numbersAndNames() throws {
    #expect(try value(.text("-7"), .integer) == .integer(-7))
    #expect(try value(.text("x"), .integer) == nil)
    #expect(try value(.text("a"), .text) == .text("a"))
    #expect(try value(.integer(1), .text) == nil)
    let states = FieldType.enumeration(
      Enumeration([.init("open", stored: .integer(3)), .init("closed", stored: .integer(-1))]))
    #expect(try value(.integer(-1), states) == .enumeration("closed"))
    #expect(try value(.text("3"), states) == .enumeration("open"))
    #expect(try value(.integer(4), states) == nil)
  }
}
