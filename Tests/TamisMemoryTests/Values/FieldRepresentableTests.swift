import TamisMemory
import TamisModel
import Testing

/// What the types of a program say of themselves, and shapes made of more than plain lines.
@Suite struct FieldRepresentableTests {
  @Test func valuesOfEveryType() {
    let values: [(any FieldRepresentable, Value?)] = [
      (Int(-5), .integer(-5)), (Int64.min, .integer(.min)), (Int32(-7), .integer(-7)),
      (Int16(8), .integer(8)), (Int8(-9), .integer(-9)), (UInt32.max, .integer(4_294_967_295)),
      (UInt16(10), .integer(10)), (UInt8(255), .integer(255)),
      (UInt(11), .decimal(Decimal(11))), (UInt64.max, Decimal("18446744073709551615").map(Value.decimal)),
      (Decimal(12), .decimal(Decimal(12))), (true, .boolean(true)), ("a", .text("a")),
      (Substring("b"), .text("b")), (Timestamp(microseconds: 3), .timestamp(Timestamp(microseconds: 3))),
      (CalendarDate(daysSinceEpoch: 4), .date(CalendarDate(daysSinceEpoch: 4))),
      (["a", "b"], .json(#"["a","b"]"#)), (Int?.none, nil),
      (["k": true], .json(#"{"k":true}"#)), (JSONValue.null, nil),
    ]
    for (value, expected) in values { #expect(value.fieldValue == expected, "\(value)") }
  }

  @Test func literalsOfDocuments() {
    let document: JSONValue = [
      "null": nil, "flag": true, "count": 3, "text": "a\"b", "list": [1, "x", [:]], "text": "again",
    ]
    #expect(document.description == #"{"count":3,"flag":true,"list":[1,"x",{}],"null":null,"text":"again"}"#)
    let converted: [(any JSONValueConvertible, String)] = [
      (false, "false"), (Int(-1), "-1"), (Int64.max, "9223372036854775807"), (Decimal(7), "7"),
      (Int?.none, "null"), (Int?.some(2), "2"), ([[1], []], "[[1],[]]"), ("é", "\"é\""),
      (["a": [1]], #"{"a":[1]}"#),
      (document, document.description),
    ]
    for (value, expected) in converted { #expect(value.jsonValue.description == expected) }
  }

  struct Whole: IntegerRepresentable {
    var integer: Int64
  }

  /// A program's own whole number is none of the types that a machine's may also stand for.
  @Test func anOwnWholeNumber() {
    let numbers = Enumeration([Enumeration.Case("one", stored: .integer(1))])
    let types: [(FieldType, Bool)] = [
      (.integer, true), (.bigInteger, true), (.decimal(precision: 3, scale: 1), true),
      (.enumeration(numbers), true), (.enumeration(Enumeration(["a"])), false), (.text, false),
      (.boolean, false), (.uuid, false), (.date, false), (.timestamp, false), (.json, false),
    ]
    for (type, expected) in types { #expect(Whole.represents(type) == expected, "\(type)") }
    #expect(Whole(integer: 6).fieldValue == .integer(6))
  }

  struct Flag: FieldRepresentable {
    var isOn: Bool
    var fieldValue: Value? { .boolean(isOn) }
    static func represents(_ type: FieldType) -> Bool { type == .boolean }
  }

  struct Day: FieldRepresentable {
    var number: Int64
    var fieldValue: Value? { .date(CalendarDate(daysSinceEpoch: number)) }
    static func represents(_ type: FieldType) -> Bool { type == .date }
  }

  private struct Event {
    var id: Int
    var flag: Flag
    var day: Day
  }

  /// A program's own types, which give values of a field's type.
  @Test func ownTypes() throws {
    let resource = Resource("events", dialect: .suffix) {
      Field("id", .integer).primaryKey()
      Field("flag", .boolean)
      Field("day", .date)
    }
    let shape = RecordShape<Event>(resource) {
      Bind("id", \.id)
      Bind("flag", \.flag)
      Bind("day", \.day)
    }
    #expect(shape.faults == [])
    let rows = (0..<4).map { Event(id: $0, flag: Flag(isOn: $0 % 2 == 0), day: Day(number: Int64($0))) }
    for (predicate, expected) in [
      (Predicate.compare(FieldPath("flag"), .equal, .boolean(true)), [0, 2]),
      (.compare(FieldPath("day"), .greater, .date(CalendarDate(daysSinceEpoch: 1))), [2, 3]),
    ] {
      let query = try #require(Query(resource, where: predicate))
      #expect(try RecordPredicate(query, shape).indices(in: rows) == expected, "\(predicate)")
    }
  }

  // MARK: Scaled numbers

  private struct Scaled {
    var id: Int
    var a: Int8
    var b: Int16
    var c: Int32
    var d: Int64
    var e: UInt8
    var f: UInt16
    var g: UInt32
    var h: UInt

    init(_ number: Int) {
      id = number
      a = Int8(number)
      b = Int16(number)
      c = Int32(number)
      d = Int64(number)
      e = UInt8(number)
      f = UInt16(number)
      g = UInt32(number)
      h = UInt(number)
    }
  }

  /// Whole numbers in fields with a fraction, of every width.
  @Test func wholeNumbersInDecimalFields() throws {
    let names = ["a", "b", "c", "d", "e", "f", "g", "h"]
    let resource = Resource("scaled", dialect: .suffix) {
      Field("id", .integer).primaryKey()
      for name in names { Field(name, .decimal(precision: 10, scale: 2)).sortable() }
    }
    let shape = RecordShape<Scaled>(resource) {
      Bind("id", \.id)
      Bind("a", \.a)
      Bind("b", \.b)
      Bind("c", \.c)
      Bind("d", \.d)
      Bind("e", \.e)
      Bind("f", \.f)
      Bind("g", \.g)
      Bind("h", \.h)
    }
    #expect(shape.faults == [])
    let rows = (0..<4).map(Scaled.init)
    let half = try #require(Decimal("1.5"))
    for name in names {
      let query = try #require(Query(resource, where: .compare(FieldPath(name), .greater, .decimal(half))))
      #expect(try RecordPredicate(query, shape).indices(in: rows) == [2, 3], "\(name)")
    }
  }

  // MARK: Shapes

  final class Owner: Sendable {
    let name: String
    init(_ name: String) { self.name = name }
  }

  final class Shop: Sendable {
    let id: Int
    let owner: Owner
    let goods: [Owner]
    init(_ id: Int, _ owner: String, _ goods: [String]) {
      self.id = id
      self.owner = Owner(owner)
      self.goods = goods.map(Owner.init)
    }
  }

  struct Stall: Sendable {
    var id: Int
    var owner: Owner
    var goods: [Owner]?
  }

  private let shops = Resource("shops", dialect: .suffix) {
    Field("id", .integer).primaryKey()
    Relation("owner", .one) { Field("name", .text) }
    Relation("goods", .many) { Field("name", .text) }
  }

  private static let questions: [(Predicate, [Int])] = [
    (.any(relation: "owner", .compare("name", .equal, .text("Ann")), isNegated: false), [0, 2]),
    (.any(relation: "owner", .compare("name", .equal, .text("Ann")), isNegated: true), [1]),
    (.any(relation: "goods", .compare("name", .equal, .text("tea")), isNegated: false), [0]),
    (.any(relation: "goods", .always, isNegated: true), [1, 2]),
  ]

  /// One element that is always there, and elements of classes.
  @Test func relationsOfClasses() throws {
    let shape = RecordShape<Shop>(shops) {
      Bind("id", \.id)
      BindOne("owner", \.owner) { Bind("name", \.name) }
      BindMany("goods", \.goods) { Bind("name", \.name) }
    }
    #expect(shape.faults == [])
    let rows = [Shop(0, "Ann", ["tea", "salt"]), Shop(1, "Bob", []), Shop(2, "Ann", [])]
    for (predicate, expected) in Self.questions {
      let query = try #require(Query(shops, where: predicate))
      #expect(try RecordPredicate(query, shape).indices(in: rows) == expected, "\(predicate)")
    }
  }

  @RecordShapeBuilder<Stall> private var ownLines: [RowBinding<Stall>] { Bind("id", \.id) }

  /// The same in structs, where no array is an empty one.
  @Test func relationsOfStructs() throws {
    let shape = RecordShape<Stall>(shops) {
      ownLines
      BindOne("owner", \.owner) { Bind("name", \.name) }
      BindMany("goods", \.goods) { Bind("name", \.name) }
    }
    #expect(shape.faults == [])
    let rows = [
      Stall(id: 0, owner: Owner("Ann"), goods: [Owner("tea"), Owner("salt")]),
      Stall(id: 1, owner: Owner("Bob"), goods: nil), Stall(id: 2, owner: Owner("Ann"), goods: []),
    ]
    for (predicate, expected) in Self.questions {
      let query = try #require(Query(shops, where: predicate))
      #expect(try RecordPredicate(query, shape).indices(in: rows) == expected, "\(predicate)")
    }
  }

  /// Lines may be chosen, repeated and made elsewhere, as in any result builder.
  @Test(arguments: [true, false]) func shapesAreBuilt(_ isWhole: Bool) {
    let wide = Resource("wide", dialect: .suffix) {
      Field("id", .integer).primaryKey()
      for name in ["a", "b"] { Field(name, .integer) }
    }
    let shape = RecordShape<Stall>(wide) {
      if isWhole {
        Bind("id", \.id)
      } else {
        Bind("id") { rows, place in rows[place].id }
      }
      for name in ["a", "b"] { Bind(name, \.id) }
      if !isWhole { Unbound("c") }
    }
    #expect(shape.faults == (isWhole ? [] : ["the resource 'wide' has no field 'c'"]))
  }

  @Test func aLineTwiceIsAFault() {
    let shape = RecordShape<Stall>(shops) {
      Bind("id", \.id)
      Unbound("id")
      BindOne("owner", \.owner) { Unbound("name") }
      BindOne("owner", \.owner) { Unbound("name") }
      Unbound("goods")
    }
    #expect(
      shape.faults == [
        "the field 'id' is bound more than once", "the relation 'owner' is bound more than once",
      ])
  }
}
