import Tamis
import TamisTesting

/// Stored properties of every kind, in a struct: optional ones, an enumeration with raw values, elements.
struct LawAccount {
  enum State: String, FieldRepresentable {
    case open
    case closed
    case void
  }

  /// By what is stored.
  enum Level: Int, FieldRepresentable {
    case low = 3
    case high = -1
    case mid = 2
  }

  /// Named differently than its field's cases, and one byte wide.
  struct Item {
    var text: String?
    var amount: Int?
    var price: Decimal
    var at: Timestamp?
    var isOpen: Bool?
  }

  struct Owner {
    var name: String?
    var rank: Int64
    var due: CalendarDate?
    var state: State?
  }

  /// Properties of a struct inside have offsets, too.
  struct Inner {
    var padding: UInt8 = 7
    var note: String
    var other: String?
  }

  var number: Int
  var id: String
  var inner: Inner
  var usage: Int?
  var limit: Int64
  var total: Decimal?
  var price: Decimal?
  var isActive: Bool?
  var isOpen: Bool
  var key: String?
  var due: CalendarDate?
  var day: CalendarDate
  var createdAt: Timestamp?
  var updatedAt: Int64
  var state: State?
  var level: Level
  var meta: JSONValue?
  var items: [Item]
  var owner: Owner?

  static let resource = Resource("accounts", dialect: .mixed, defaultSort: [.descending("created_at")]) {
    Field(GeneratedResource.numberField, .integer).sortable()
    Field("id", .text).primaryKey()
    Field("note", .text).sortable().matchable()
    Field("other", .text).nullable().sortable().matchable()
    Field("usage", .integer).nullable().sortable()
    Field("limit_", .integer).sortable()
    Field("total", .bigInteger).nullable().sortable()
    Field("price", .decimal(precision: 19, scale: 2)).nullable().sortable()
    Field("is_active", .boolean).nullable().sortable()
    Field("is_open", .boolean).sortable()
    Field("key", .uuid).nullable().sortable()
    Field("due", .date).nullable().sortable()
    Field("day", .date).sortable()
    Field("created_at", .timestamp).nullable().sortable()
    Field("updated_at", .timestamp).sortable()
    Field("state", .enumeration(Enumeration(["open", "closed", "void"]))).nullable().sortable()
    Field(
      "level",
      .enumeration(
        Enumeration([
          .init("low", stored: .integer(3)), .init("high", stored: .integer(-1)),
          .init("mid", stored: .integer(2)),
        ]))
    ).sortable()
    Field("meta", .json).nullable().openKeys(levels: 2)
    Relation("items", .many) {
      Field("text", .text).nullable().matchable()
      Field("amount", .integer).nullable()
      Field("price", .decimal(precision: 10, scale: 2))
      Field("at", .timestamp).nullable()
      Field("is_open", .boolean).nullable()
    }
    Relation("owner", .one) {
      Field("name", .text).nullable()
      Field("rank", .integer)
      Field("due", .date).nullable()
      Field("state", .enumeration(Enumeration(["open", "closed", "void"]))).nullable()
    }
  }

  static let shape = RecordShape<LawAccount>(resource) {
    Bind(GeneratedResource.numberField, \.number)
    Bind("id", \.id)
    Bind("note", \.inner.note)
    Bind("other", \.inner.other)
    Bind("usage", \.usage)
    Bind("limit_", \.limit)
    Bind("total", \.total)
    Bind("price", \.price)
    Bind("is_active", \.isActive)
    Bind("is_open", \.isOpen)
    Bind("key", \.key)
    Bind("due", \.due)
    Bind("day", \.day)
    Bind("created_at", \.createdAt)
    Bind("updated_at", \.updatedAt)
    Bind("state", \.state)
    Bind("level", \.level)
    Bind("meta", \.meta)
    BindMany("items", \.items) {
      Bind("text", \.text)
      Bind("amount", \.amount)
      Bind("price", \.price)
      Bind("at", \.at)
      Bind("is_open", \.isOpen)
    }
    BindOne("owner", \.owner) {
      Bind("name", \.name)
      Bind("rank", \.rank)
      Bind("due", \.due)
      Bind("state", \.state)
    }
  }

  init(_ record: ReferenceRecord) {
    let values = RecordValues(record.values)
    number = values.integer(GeneratedResource.numberField) ?? 0
    id = values.text("id") ?? ""
    inner = Inner(note: values.text("note") ?? "", other: values.text("other"))
    usage = values.integer("usage")
    limit = Int64(values.integer("limit_") ?? 0)
    total = values.decimal("total")
    price = values.decimal("price")
    isActive = values.boolean("is_active")
    isOpen = values.boolean("is_open") ?? false
    key = values.text("key").map { $0.uppercased() }
    due = values.day("due")
    day = values.day("day") ?? CalendarDate(daysSinceEpoch: 0)
    createdAt = values.timestamp("created_at")
    updatedAt = values.instant("updated_at") ?? 0
    state = values.name("state").flatMap(State.init)
    level = ["low": .low, "high": .high][values.name("level")] ?? .mid
    meta = values.json("meta").map(JSONValue.init)
    items = (record.elements["items"] ?? []).map { RecordValues($0.values) }.map {
      Item(
        text: $0.text("text"), amount: $0.integer("amount"), price: $0.decimal("price") ?? Decimal(0),
        at: $0.timestamp("at"), isOpen: $0.boolean("is_open"))
    }
    owner = (record.elements["owner"] ?? []).first.map { RecordValues($0.values) }.map {
      Owner(
        name: $0.text("name"), rank: Int64($0.integer("rank") ?? 0), due: $0.day("due"),
        state: $0.name("state").flatMap(State.init))
    }
  }
}
