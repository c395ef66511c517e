import TamisMemory
import TamisModel
import Testing

/// What is wrong with a shape is found when it is made, and what a query misses when it is compiled.
@Suite struct RecordShapeTests {
  struct Row {
    enum State: String, FieldRepresentable { case open, closed }
    struct Item {
      var amount: Int?
      var big: UInt64?
      var name: String
    }
    var id: Int
    var name: String?
    var price: Decimal
    var state: State
    var items: [Item]
    var owner: Item?
  }

  private let resource = Resource("rows", dialect: .suffix) {
    Field("id", .integer).primaryKey()
    Field("name", .text).nullable().sortable()
    Field("price", .decimal(precision: 10, scale: 2)).sortable()
    Field("state", .enumeration(Enumeration(["open", "closed"])))
    Relation("items", .many) {
      Field("amount", .integer).nullable()
      Field("name", .text)
    }
    Relation("owner", .one) {
      Field("name", .text)
    }
  }

  private var sound: RecordShape<Row> {
    RecordShape<Row>(resource) {
      Bind("id", \.id)
      Bind("name", \.name)
      Bind("price", \.price)
      Bind("state", \.state)
      BindMany("items", \.items) {
        Bind("amount", \.amount)
        Bind("name", \.name)
      }
      BindOne("owner", \.owner) { Bind("name", \.name) }
    }
  }

  @Test func soundShapeHasNoFaults() {
    #expect(sound.faults == [])
  }

  @Test func everyFaultIsListed() {
    let shape = RecordShape<Row>(resource) {
      Bind("id", \.name)
      Bind("name", \.state)
      Bind("name", \.name)
      Bind("prize", \.price)
      Bind("state", \.id)
      BindMany("items", \.items) {
        Bind("amount", \.big)
        Bind("amount", \.amount)
        Bind("what", \.name)
      }
      BindMany("owner", \.items) { Bind("name", \.name) }
      BindOne("parts", \.owner) { Bind("name", \.name) }
      Unbound("nothing")
    }
    #expect(
      shape.faults == [
        "the field 'id', integer, can not be held by a property of type Optional<String>",
        "the field 'name' is bound more than once",
        "the resource 'rows' has no field 'prize'",
        "the field 'state', case name, can not be held by a property of type Int",
        "the field 'items.amount', integer, can not be held by a property of type Optional<UInt64>",
        "the field 'items.amount' is bound more than once",
        "the resource 'rows' has no field 'items.what'",
        "the field 'items.name' is bound to no property of Item",
        "the relation 'owner' is to one, but bound to many",
        "the resource 'rows' has no relation 'parts'",
        "the resource 'rows' has no field 'nothing'",
        "the field 'price' is bound to no property of Row",
      ])
  }

  @Test func optionalPropertiesNeedNullableFields() {
    let resource = Resource("rows", dialect: .suffix) {
      Field("id", .integer).primaryKey()
      Field("name", .text)
    }
    let shape = RecordShape<Row>(resource) {
      Bind("id", \.id)
      Bind("name", \.name)
    }
    #expect(
      shape.faults == [
        "the field 'name' is never null, but its property is optional (Optional<String>)"
      ])
  }

  @Test func whatIsLeftOutOnPurposeIsNoFault() {
    let shape = RecordShape<Row>(resource) {
      Bind("id", \.id)
      Unbound("name")
      Unbound("price")
      Unbound("state")
      Unbound("items")
      Unbound("owner")
    }
    #expect(shape.faults == [])
    let keyless = RecordShape<Row>(resource) { Unbound("id") }
    #expect(keyless.faults.first == "the primary key 'id' must be bound: every order ends with it")
  }

  @Test func unboundFieldsRefuseTheQueriesThatUseThem() throws {
    let shape = RecordShape<Row>(resource) {
      Bind("id", \.id)
      Unbound("name")
      Unbound("price")
      Unbound("state")
      BindMany("items", \.items) {
        Bind("amount", \.amount)
        Unbound("name")
      }
      Unbound("owner")
    }
    let isRow: [(Predicate, [String])] = [
      (.compare("id", .equal, .integer(1)), []),
      (.compare("name", .equal, .text("x")), ["name"]),
      (
        .or([.isNull("name", isNegated: false), .compare("price", .less, .decimal(Decimal(1)))]),
        ["name", "price"]
      ),
      (.any(relation: "items", .compare("amount", .equal, .integer(1)), isNegated: false), []),
      (.any(relation: "items", .compare("name", .equal, .text("")), isNegated: false), ["items.name"]),
      (.any(relation: "owner", .always, isNegated: true), ["owner"]),
    ]
    for (predicate, missing) in isRow {
      let query = try #require(Query(resource, where: predicate))
      let found = Result { () throws(QueryError) in try RecordPredicate(query, shape) }
      switch found {
      case .success: #expect(missing == [], "\(predicate)")
      case .failure(let error):
        #expect(error.diagnostics.map(\.problem) == missing.map { .unboundField(field: $0, type: "Row") })
      }
    }
    let name = try #require(resource.field(named: "name"))
    let sorted = try #require(
      Query(resource, sort: [SortKey(field: name, direction: .ascending, nulls: .first)]))
    #expect(throws: QueryError.self) { try RecordOrdering(sorted, shape) }
    #expect(throws: QueryError.self) { try RecordPage.select(sorted, from: [], shape) }
  }

  @Test func aQueryOfAnotherResourceIsRefused() throws {
    let query = try #require(Query(samples))
    let error = #expect(throws: QueryError.self) { try RecordPredicate(query, sound) }
    #expect(error?.diagnostics.map(\.code) == ["setup.invalid-resource"])
  }
}
