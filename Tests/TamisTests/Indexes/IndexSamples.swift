import Tamis
import TamisModel
import TamisSQL

/// A table with a column of every kind that indexes treat in their own way, and enough rows for a planner to prefer an
/// index where it can have one.
enum IndexSamples {
  static func resource(_ indexes: [Index], requireIndex: IndexDemand = []) -> Resource {
    Resource(
      "plans", table: "plans", dialect: .suffix, paging: .cursor(defaultLimit: 5, maximumLimit: 100),
      allowsRandomOrder: true, requireIndex: requireIndex
    ) {
      Field("id", .integer).primaryKey()
      Field("code", .text).byteCollated().sortable().matchable()
      Field("label", .text).sortable()
      Field("currency", .text)
      Field("amount", .decimal(precision: 12, scale: 2)).nullable().sortable()
      Field("huge", .decimal(precision: 38, scale: 10)).nullable().sortable()
      Field("made_at", .timestamp).sortable()
      Field("rank", .integer).nullable().sortable()
      Field("open", .boolean)
      Field("token", .uuid)
      Field("day", .date).nullable().sortable()
      Field("tier", .enumeration(Enumeration(["gold", "tin", "lead"])))
      Field("meta", .json).nullable().openKeys(levels: 2)
      Field("city", .text).inJSON("doc", "city").nullable().sortable()
      Field("score", .integer).inJSON("doc", "score").nullable().sortable()
      Field("secret", .integer).hidden()
      Relation("lines", .many) {
        Field("price", .integer).nullable()
      }
      .childTable("plan_lines", foreignKey: "plan", parentKey: "id")
      Relation("tags", .many) {
        Field("tag_id", .integer)
        Field("word", .text)
      }
      .pivotTable(
        "plan_tags", foreignKey: "plan", targetKey: "tag", table: "all_tags", key: "tag_id", parentKey: "id")
      Relation("items", .many) {
        Field("price", .integer).nullable()
      }
      .inJSON("doc", "items")
      for index in indexes { index }
    }
  }

  /// Every value of a column is rare, but for the few words of three of them.
  static let records: [StoredRecord] = (0..<4_000).map { number in
    let mixed = number &* 7_919 % 4_000
    let isBare = mixed % 50 == 0
    let values: [Value?] = [
      .integer(Int64(number)), .text("c\(mixed)"), .text("l\(mixed % 800)"),
      .text(["USD", "EUR", "CHF", "GBP"][mixed % 4]),
      isBare ? nil : .decimal(Decimal(canonical: "\(mixed % 500)")),
      isBare ? nil : .decimal(Decimal(canonical: "\(mixed % 700)")),
      .timestamp(Timestamp(microseconds: 1_700_000_000_000_000 + Int64(mixed / 2) * 3_600_000_000)),
      isBare ? nil : .integer(Int64(mixed % 300)), .boolean(mixed % 400 == 1),
      .uuid("00000000-0000-0000-0000-" + String(String(1_000_000_000_000 + mixed).suffix(12))),
      isBare ? nil : .date(CalendarDate(daysSinceEpoch: Int64(19_000 + mixed % 600))),
      .enumeration(mixed % 200 == 3 ? "gold" : mixed % 2 == 0 ? "tin" : "lead"),
      .json(#"{"k":"v\#(mixed % 90)"}"#), isBare ? nil : .text("t\(mixed % 400)"),
      .integer(Int64(mixed % 450)),
      .integer(Int64(mixed % 9)),
    ]
    let line: [Value?] = [.integer(Int64(mixed % 100))]
    let tag: [Value?] = [.integer(Int64(mixed % 40)), .text("w\(mixed % 40)")]
    return StoredRecord(values: values, elements: [[line], [tag], [line]])
  }
}
