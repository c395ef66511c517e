import Tamis
import TamisTesting

/// A class, with computed properties, functions of a place, and values kept as text.
final class LawTicket {
  final class Line {
    let text: String
    let amount: String?
    let state: String
    let day: String?

    init(_ values: RecordValues) {
      text = values.text("text") ?? ""
      amount = values.decimal("amount")?.text
      state = values.name("state") ?? ""
      day = values.day("day")?.description
    }
  }

  struct Account {
    let name: String
    let level: Int?
    let at: String?
    let meta: [String: JSONValue]
  }

  let values: RecordValues
  let number: Int
  let lines: [Line]?
  let account: Account?

  var code: String { values.text("code") ?? "" }
  var usage: Int { values.integer("usage") ?? 0 }
  var total: String { values.decimal("total")?.text ?? "0" }
  /// As a program may spell it: with an exponent.
  var ratio: String? { values.decimal("ratio").map { $0.text + "e0" } }
  var key: LawKey { LawKey(values.text("key") ?? "") }
  var createdAt: String { values.timestamp("created_at")?.description ?? "" }
  var state: Substring? { values.name("state").map { $0[...] } }
  var tier: String { values.name("tier") ?? "" }
  var isOpen: Bool? { values.boolean("is_open") }
  var meta: String { values.json("meta")?.description ?? "{}" }
  var note: String? { values.text("note") }

  static let stored = Enumeration([
    .init("one", stored: .text("z")), .init("two", stored: .text("a'b")),
    .init("three", stored: .text("\u{E9}")),
  ])

  static let resource = Resource("tickets", dialect: .mixed, offsetMinutes: 120) {
    Field(GeneratedResource.numberField, .integer).sortable()
    Field("code", .text).primaryKey()
    Field("part", .integer).primaryKey()
    Field("usage", .integer).sortable()
    Field("total", .bigInteger).sortable()
    Field("ratio", .decimal(precision: 38, scale: 10)).nullable().sortable()
    Field("whole", .decimal(precision: 18, scale: 0)).sortable()
    Field("key", .uuid).sortable()
    Field("created_at", .timestamp).sortable()
    Field("due", .date).nullable().sortable()
    Field("state", .enumeration(stored)).nullable().sortable()
    Field("tier", .enumeration(Enumeration(["AWS", "GCP", "azure"], matchesAnyCase: true))).sortable()
    Field("is_open", .boolean).nullable().sortable()
    Field("meta", .json).openKeys(levels: 2)
    Field("note", .text).nullable().sortable().matchable()
    Relation("lines", .many) {
      Field("text", .text)
      Field("amount", .bigInteger).nullable()
      Field("state", .enumeration(Enumeration(["open", "closed", "void"])))
      Field("day", .date).nullable()
    }
    Relation("account", .one) {
      Field("name", .text)
      Field("level", .integer).nullable()
      Field("at", .timestamp).nullable()
      Field("meta", .json).openKeys()
    }
  }

  static let shape = RecordShape<LawTicket>(resource) {
    Bind(GeneratedResource.numberField, \.number)
    Bind("code", \.code)
    Bind("part") { rows, index in rows[index].values.integer("part") ?? 0 }
    Bind("usage", \.usage)
    Bind("total", \.total)
    Bind("ratio", \.ratio)
    Bind("whole") { rows, index in rows[index].values.decimal("whole") ?? Decimal(0) }
    Bind("key", \.key)
    Bind("created_at", \.createdAt)
    Bind("due") { rows, index in rows[index].values.day("due")?.daysSinceEpoch }
    Bind("state", \.state)
    Bind("tier", \.tier)
    Bind("is_open", \.isOpen)
    Bind("meta", \.meta)
    Bind("note", \.note)
    BindMany("lines", \.lines) {
      Bind("text", \.text)
      Bind("amount", \.amount)
      Bind("state", \.state)
      Bind("day", \.day)
    }
    BindOne("account", \.account) {
      Bind("name", \.name)
      Bind("level", \.level)
      Bind("at", \.at)
      Bind("meta", \.meta)
    }
  }

  init(_ record: ReferenceRecord) {
    values = RecordValues(record.values)
    number = values.integer(GeneratedResource.numberField) ?? 0
    let elements = record.elements["lines"] ?? []
    lines = elements.isEmpty ? nil : elements.map { Line(RecordValues($0.values)) }
    account = (record.elements["account"] ?? []).first.map { RecordValues($0.values) }.map {
      Account(
        name: $0.text("name") ?? "", level: $0.integer("level"),
        at: $0.timestamp("at")?.description,
        meta: $0.json("meta").map(JSONValue.init)?.members ?? [:])
    }
  }
}

/// Sixteen bytes, as Foundation keeps a UUID.
struct LawKey: UUIDRepresentable {
  let uuidBytes: UUIDBytes

  init(_ text: String) {
    var bytes = text.utf8.filter { $0 != UInt8(ascii: "-") }.map { byte -> UInt8 in
      byte < 58 ? byte - 48 : (byte | 0x20) - 87
    }
    bytes += Array(repeating: 0, count: max(0, 32 - bytes.count))
    func byte(_ index: Int) -> UInt8 { bytes[index * 2] << 4 | bytes[index * 2 + 1] }
    uuidBytes = (
      byte(0), byte(1), byte(2), byte(3), byte(4), byte(5), byte(6), byte(7), byte(8), byte(9), byte(10),
      byte(11), byte(12), byte(13), byte(14), byte(15)
    )
  }
}

extension JSONValue {
  var members: [String: JSONValue] {
    if case .object(let members) = self { members } else { [:] }
  }
}
