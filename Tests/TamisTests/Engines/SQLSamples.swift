import TamisModel
import TamisSQL

/// A resource with a field of every type and every kind of place, and records whose answers are known by hand.
enum SQLSamples {
  static func resource(_ change: (Field) -> Field = { $0 }) -> Resource {
    Resource("samples", dialect: .suffix) {
      change(Field("id", .integer).primaryKey())
      change(Field("name", .text).nullable().sortable())
      change(Field("count", .integer).nullable().sortable())
      change(Field("big", .bigInteger).nullable().sortable())
      change(Field("amount", .decimal(precision: 10, scale: 2)).column("amount_cents").nullable().sortable())
      change(Field("huge", .decimal(precision: 38, scale: 10)).nullable().sortable())
      change(Field("flag", .boolean).nullable().sortable())
      change(Field("token", .uuid).nullable().sortable())
      change(Field("day", .date).nullable().sortable())
      change(Field("at", .timestamp).nullable().sortable())
      change(Field("status", .enumeration(statuses)).nullable().sortable())
      change(Field("tier", .enumeration(Enumeration(["gold", "tin"]))).nullable().sortable())
      change(Field("other", .integer).nullable())
      change(Field("meta", .json).nullable().openKeys(levels: 3))
      change(Field("inner_name", .text).inJSON("doc", "a", "it's").nullable().sortable())
      change(Field("inner_count", .integer).inJSON("doc", "a", "n").nullable().sortable())
      change(
        Field("inner_amount", .decimal(precision: 10, scale: 2)).inJSON("doc", "amount").nullable().sortable()
      )
      change(Field("inner_at", .timestamp).inJSON("doc", "at").nullable().sortable())
      change(Field("inner_flag", .boolean).inJSON("doc", "flag").nullable())
      Relation("items", .many) {
        Field("start", .integer).nullable()
        Field("end", .integer).nullable()
        Field("label", .text).nullable()
      }
      .inJSON("doc", "a", "items")
      Relation("lines", .many) {
        Field("start", .integer).nullable()
        Field("end", .integer).nullable()
        Field("label", .text).nullable()
      }
      .childTable("sample_lines", foreignKey: "sample", parentKey: "id")
      Relation("owner", .one) {
        Field("name", .text).nullable()
      }
      .inJSON("owner")
    }
  }

  static let statuses = Enumeration([
    .init("active", stored: .integer(7)), .init("closed", stored: .integer(-1)),
    .init("draft", stored: .integer(3)),
  ])

  /// A value for some of the fields, by name; the others are null.
  static func record(
    _ resource: Resource, _ id: Int64, _ values: [String: Value], items: [[Value?]] = [], owner: String? = nil
  ) -> StoredRecord {
    var values = values
    values["id"] = .integer(id)
    return StoredRecord(
      values: resource.fields.map { values[$0.name] },
      elements: [items, items, owner.map { [[.text($0)]] } ?? []])
  }

  /// A canonical decimal.
  static func decimal(_ text: String) -> Value { .decimal(Decimal(canonical: text)) }
  static func instant(_ microseconds: Int64) -> Value { .timestamp(Timestamp(microseconds: microseconds)) }
  static func day(_ days: Int64) -> Value { .date(CalendarDate(daysSinceEpoch: days)) }

  static func records(_ resource: Resource) -> [StoredRecord] {
    [
      record(
        resource, 1,
        [
          "name": .text("abc"), "count": .integer(5), "big": decimal("5"), "amount": decimal("1.5"),
          "huge": decimal("0.5"), "flag": .boolean(true),
          "token": .uuid("00000000-0000-0000-0000-00000000000a"),
          "day": day(0), "at": instant(0), "status": .enumeration("active"), "tier": .enumeration("gold"),
          "other": .integer(5), "inner_name": .text("abc"), "inner_count": .integer(5),
          "inner_amount": decimal("1.5"), "inner_at": instant(0), "inner_flag": .boolean(true),
          "meta": .json(
            #"{"k":"a","n":1.50,"t":true,"deep":{"x":{"y":"z"}},"tags":["a","b",1,{"p":1,"q":[2]}]}"#),
        ],
        items: [[.integer(1), .integer(3), .text("first")], [.integer(5), nil, .text("open")]], owner: "ann"),
      record(
        resource, 2,
        [
          "name": .text("ABC"), "count": .integer(-5), "big": decimal("-5"), "amount": decimal("-1.5"),
          "huge": decimal("-0.5"), "flag": .boolean(false),
          "token": .uuid("ff000000-0000-0000-0000-00000000000a"),
          "day": day(-1), "at": instant(-1), "status": .enumeration("closed"), "tier": .enumeration("tin"),
          "other": .integer(5), "inner_name": .text("ABC"), "inner_count": .integer(-5),
          "inner_amount": decimal("-1.5"), "inner_at": instant(-1), "inner_flag": .boolean(false),
          "meta": .json(#"{"k":"1.5","n":"1.5","t":"true","deep":{"x":"z"},"tags":["b"]}"#),
        ],
        items: [[.integer(3), .integer(3), nil]], owner: "bob"),
      record(
        resource, 3,
        [
          "name": .text("ab"), "count": .integer(Int64.max), "big": decimal("123456789012345678901234567890"),
          "amount": decimal("99999999.99"), "huge": decimal("1234567890123456789012345678.0123456789"),
          "day": day(CalendarDate.endDays - 1), "at": instant(Timestamp.end - 1), "other": .integer(6),
          "inner_name": .text("ab"), "inner_count": .integer(Int64.max),
          "inner_amount": decimal("99999999.99"),
          "inner_at": instant(Timestamp.end - 1),
          "meta": .json(#"{"k":null,"n":-1000000000000000000000000.25,"t":false,"tags":[]}"#),
        ]),
      record(
        resource, 4,
        [
          "name": .text(""), "count": .integer(Int64.min), "big": decimal("-123456789012345678901234567890"),
          "amount": decimal("-99999999.99"), "huge": decimal("-1234567890123456789012345678.0123456789"),
          "day": day(CalendarDate.minimumDays), "at": instant(Timestamp.minimum),
          "meta": .json(#"{"k":1.5,"n":1e3,"t":[true],"tags":"a"}"#),
        ]),
      record(resource, 5, [:]),
      record(
        resource, 6,
        [
          "name": .text("é%_\\!*?[]x"), "status": .enumeration("draft"),
          "meta": .json(#"{"k":"é","n":9,"deep":{"x":{"y":null}},"tags":["a",["a","b"],true,null]}"#),
        ]),
      record(resource, 7, ["name": .text("\u{212A}elvin"), "meta": .json(#"{"k":true,"n":10}"#)]),
      record(resource, 8, ["name": .text("kelvin"), "meta": .json(#"{"k":{"a":1},"n":-2.5}"#)]),
      record(resource, 9, ["name": .text("\u{17F}ecret"), "meta": .json(#"{"k":"","n":-2.55}"#)]),
      record(resource, 10, ["name": .text("abc "), "meta": .json(#"{"k":"A","n":0}"#)]),
      record(resource, 11, ["name": .text("\u{10FFFF}x"), "meta": .json("[1,2]")]),
      record(resource, 12, ["name": .text("Zebra"), "meta": .json(#""text""#)]),
    ]
  }
}
