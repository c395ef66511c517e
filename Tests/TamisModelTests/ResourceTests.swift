import TamisModel
import Testing

@Suite("A resource finds its own faults")
struct ResourceTests {
  @Test("all of them at once")
  func faults() {
    let resource = Resource(
      "items", dialect: .suffix, paging: .limitOffset(defaultLimit: 10, maximumLimit: 5),
      defaultSort: [.ascending("nope"), .ascending("name"), .descending("name")]
    ) {
      Field("name", .text)
      Field("name", .integer).operators([.like])
      Field("order", .decimal(precision: 2, scale: 3))
      Field(
        "color",
        .enumeration(Enumeration([.init("A", stored: .integer(1)), .init("B", stored: .integer(1))])))
      Relation("parts", .many) {}
      Parameter("p", .value(.text, .compare("missing", .equal, .argument)))
      Parameter(
        "flag", .flag(whenTrue: .compare("name", .equal, .argument), whenFalse: .always, defaultValue: true))
      Parameter("choice", .choice([.init("a", .any("nowhere", .always))], defaultChoice: "b"))
    }
    let expected = [
      "the field 'name' is declared twice",
      "'name' allows operators that its type does not have: like",
      "'order' has an impossible precision or scale",
      "'color' stores two cases as one value",
      "no field is the primary key",
      "the default order names 'nope', which is not a sortable field",
      "the default order names 'name' twice",
      "the page bounds contradict each other",
      "the relation 'parts' has no fields",
      "the parameter 'p' names the unknown field 'missing'",
      "the parameter 'flag' has no argument to use",
      "the parameter 'choice' has no choice 'b'",
      "the parameter 'choice' names the unknown relation 'nowhere'",
      "the field 'order' has a name that the query dialects reserve",
    ]
    #expect(resource.faults == expected)
  }

  @Test("in relations of relations too")
  func faultsOfRelations() {
    var deep = Relation("r9", .many) { Field("x", .text) }
    for level in (1...8).reversed() {
      deep = Relation("r\(level)", .many) { Field("x", .text) }.nesting(deep)
    }
    let resource = Resource("items", dialect: .suffix) {
      Field("id", .integer).primaryKey()
      deep
      Relation("parts", .many) {
        Field("size", .integer)
        Field("at", .date).nullable()
        Field("a.b", .text)
      }
      .only(
        .allOf([
          .isNull("nope"), .compare("size", .equal, .literal("big")), .compare("size", .equal, .argument),
          .compare("at", .equal, .literal("2024-01-01")), .compare("size", .less, .field("at")),
          .any("a", .always),
        ])
      )
      .nesting(
        Relation("a", .one) { Field("b", .text) },
        Relation("rows", .many) { Field("x", .integer) }.childTable("t", foreignKey: "f", parentKey: "p"),
        Relation("empty", .many) {}.related("others", foreignKey: "f", parentKey: "size2"))
      Parameter("p", .value(.text, .any("parts", .any("a", .compare("c", .equal, .argument)))))
      Parameter("q", .value(.text, .any("parts.b", .compare("b", .equal, .argument))))
      Parameter("r", .value(.text, .any("parts", .compare("b", .equal, .argument), atLeast: 0)))
    }
    let name = Array(1...9).map { "r\($0)" }.joined(separator: ".")
    #expect(
      resource.faults == [
        "the relation '\(name)' is nested deeper than 8 levels",
        "the relation 'parts.rows' is a table, but belongs to elements in JSON",
        "the relation 'parts.empty' has no fields",
        "the relation 'parts.empty' names the unknown field 'size2'",
        "the relation 'parts' names the unknown field 'nope'",
        "the relation 'parts' has the literal 'big', which is no \(FieldType.integer.noun) here",
        "the relation 'parts' has no argument to use",
        "the relation 'parts' has the literal '2024-01-01', which is no \(FieldType.date.noun) here",
        "the relation 'parts' compares fields of different types",
        "the relation 'parts' asks for elements of elements",
        "the name 'parts.a.b' means two fields",
        "the parameter 'p' names the unknown field 'c'",
        "the parameter 'q' names the unknown relation 'parts.b'",
        "the parameter 'r' asks for 0 elements, which is not within 1...65535",
      ])
  }

  @Test("of limits, columns and keys")
  func faultsOfStructure() {
    var limits = QueryLimits()
    limits.depth = 0
    limits.clauses = 0
    limits.bodyBytes = 1 << 31
    let resource = Resource("items", dialect: .suffix, limits: limits) {
      Field("id", .integer).primaryKey()
      Field("empty", .text).column("")
      Field("nul", .text).column("a\u{0}")
      Field("meta", .json).sortable()
      Relation("parts", .many) { Field("id", .integer).primaryKey() }
    }
    #expect(
      resource.faults == [
        "the depth limit is not within 1...200",
        "a limit is below 1",
        "a byte limit is above 1 GiB",
        "the column of 'empty' is empty or holds a NUL",
        "the column of 'nul' is empty or holds a NUL",
        "'meta' is JSON and can not be sorted by",
        "the relation 'parts' has a primary key of its own",
      ])
    let wide = Resource("wide", dialect: .suffix) {
      Field("id", .integer).primaryKey()
      for number in 0..<60_000 { Field("f\(number)", .integer) }
    }
    #expect(wide.faults == ["more than 60000 fields"])
  }

  @Test("of parameters and virtual fields")
  func faultsOfParameters() {
    let resource = Resource("items", dialect: .suffix) {
      Field("id", .integer).primaryKey()
      Field("name", .text)
      Field("secret", .text).hidden()
      VirtualField("any", .field("name"), operators: [.equal, .jsonContains])
      Parameter("more", .selecting(["nope", "secret", "name"]))
      Parameter("kind", .choice([.init("a", .always)], defaultChoice: "a"))
        .excluding("more", choice: "b").whenAbsent(.isNull("name"))
      Parameter("flag", .flag(whenTrue: .always, whenFalse: .isNull("name"), defaultValue: true))
        .excluding("flag", "gone").whenAbsent(.isNull("nope"))
    }
    #expect(
      resource.faults == [
        "the parameter 'more' names the unknown field 'nope'",
        "the parameter 'more' shows the hidden field 'secret'",
        "the parameter 'more' adds the field 'name', which is always shown",
        "the parameter 'kind' has no choice 'b'",
        "the parameter 'kind' has a default and a condition for its absence",
        "the parameter 'flag' excludes the unknown parameter 'gone'",
        "the parameter 'flag' excludes itself",
        "the parameter 'flag' names the unknown field 'nope'",
        "the parameter 'flag' has a default and a condition for its absence",
        "the virtual field 'any' allows operators that its fields do not have",
      ])
  }

  @Test("elements that belong to a relation are chosen by literals of every type")
  func literalsOfRelations() throws {
    func relation(_ name: String, _ literal: String) -> Relation {
      Relation("parts", .many) {
        Field("text", .text)
        Field("uuid", .uuid)
        Field("flag", .boolean)
        Field("price", .decimal(precision: 5, scale: 2))
        Field("state", .enumeration(Enumeration(["on", "off"])))
      }.only(.compare(name, .equal, .literal(literal)))
    }
    let literals: [(String, String, Bool)] = [
      ("text", "x", true), ("uuid", "6BA7B810-9DAD-11D1-80B4-00C04FD430C8", true), ("uuid", "6ba7", false),
      ("flag", "true", true), ("flag", "1", false), ("price", "1.50", true), ("price", "x", false),
      ("state", "off", true), ("state", "of", false),
    ]
    for (name, literal, isSound) in literals {
      let resource = Resource("items", dialect: .suffix) {
        Field("id", .integer).primaryKey()
        relation(name, literal)
      }
      #expect(resource.faults.isEmpty == isSound, "\(name) \(literal): \(resource.faults)")
      if !isSound { #expect(resource.faults.first?.contains("has the literal '\(literal)'") == true) }
    }
  }

  @Test("a sound one has none, and its order is total")
  func sound() {
    let resource = Resource("items", dialect: .suffix, defaultSort: [.descending("made")]) {
      Field("id", .integer).primaryKey()
      Field("made", .timestamp).sortable()
    }
    #expect(resource.faults.isEmpty)
    #expect(resource.resolvedDefaultSort.map(\.field.index) == [1, 0])
    #expect(resource.resolvedDefaultSort.map(\.direction) == [.descending, .descending])
  }

  @Test("null stands where the default order says, in a field that can be null")
  func nullsOfTheDefaultOrder() {
    let places: [(SortOrder.Nulls, ascending: SortKey.NullPlacement, descending: SortKey.NullPlacement)] = [
      (.largest, .last, .first), (.smallest, .first, .last), (.first, .first, .first), (.last, .last, .last),
    ]
    for (nulls, ascending, descending) in places {
      let order: [SortOrder] = [
        .ascending("made", nulls: nulls), .descending("ended", nulls: nulls), .ascending("id", nulls: nulls),
      ]
      let resource = Resource("items", dialect: .suffix, defaultSort: order) {
        Field("id", .integer).primaryKey()
        Field("made", .timestamp).nullable().sortable()
        Field("ended", .timestamp).nullable().sortable()
      }
      #expect(resource.faults.isEmpty)
      #expect(resource.resolvedDefaultSort.map(\.nulls) == [ascending, descending, .last])
    }
  }
}

@Suite("Names by their bytes")
struct NameTableTests {
  @Test("every name is found, nothing else is")
  func lookUp() {
    let names = (0..<500).map { "name_\($0)" } + ["", "é", "a.b"]
    let table = NameTable(names)
    for (index, name) in names.enumerated() {
      let bytes = Array("<\(name)>".utf8)
      #expect(table.index(of: bytes, 1..<bytes.count - 1) == index)
      #expect(table.index(of: bytes, 0..<bytes.count) == nil)
    }
    #expect(NameTable([]).index(of: [], 0..<0) == nil)
  }
}

@Suite("A resource finds the faults of its filters")
struct DeclaredFilterFaultTests {
  @Test("all of them at once")
  func faults() {
    let resource = Resource("items", dialect: .bracket) {
      Field("id", .integer).primaryKey()
      Field("name", .text)
      Field("made", .timestamp).nullable()
      Relation("parts", .many) { Field("size", .integer).sortable() }
      PropertyFilter.date("name", "missing")
      PropertyFilter.range("parts.size", "parts.nope")
      PropertyFilter.search("made", by: .partial)
      PropertyFilter.boolean("id", "id")
      PropertyFilter.order("name", "parts.size")
      PropertyFilter.exists("parts", "made")
      FilterParameter("a[b", .exact, on: "id")
      FilterParameter("a[:property][:property]", .exact, on: "id")
      FilterParameter("n[x]", .exact)
      FilterParameter("t", .text(.partial), on: "id")
      FilterParameter("c", .comparison(.sort(nil)), on: "id")
      FilterParameter("m", .freeTextMap([]))
      FilterParameter("s[:property]", .exact, on: "id")
      FilterParameter("s[:property]", .exact, on: "id")
    }
    let expected = [
      "the filter on 'name' does not suit the type of 'name'",
      "the filter on 'missing' names the unknown field 'missing'",
      "the filter on 'parts.nope' names the unknown field 'parts.nope'",
      "the filter on 'made' does not suit the type of 'made'",
      "a filter has the property 'id' twice",
      "the filter on 'id' does not suit the type of 'id'",
      "the filter on 'id' does not suit the type of 'id'",
      "the filter on 'name' orders by 'name', which is not sortable",
      "the filter on 'parts.size' orders by 'parts.size', which is not sortable",
      "the filter parameter 'a[b' has a key whose brackets do not match",
      "the filter parameter 'a[:property][:property]' has its placeholder at an impossible place",
      "the filter parameter 'n[x]' has no properties",
      "the filter parameter 't' does not suit the type of 'id'",
      "the filter parameter 'c' compares by a filter that has no equality",
      "the filter parameter 'm' has no properties",
      "the filter parameter 's[id' is declared twice",
    ]
    #expect(resource.faults == expected)
  }

  @Test("in indexes")
  func faultsOfIndexes() {
    let resource = Resource("items", dialect: .suffix) {
      Field("id", .integer).primaryKey()
      Field("name", .text)
      Field("meta", .json)
      Field("city", .text).inJSON("meta", "city")
      Relation("lines", .many) { Field("price", .integer) }
        .childTable("lines", foreignKey: "item", parentKey: "id")
        .nesting(
          Relation("tags", .many) { Field("word", .text) }
            .pivotTable("l", foreignKey: "a", targetKey: "b", table: "t", key: "word", parentKey: "price"))
      Relation("parts", .many) { Field("size", .integer) }
      Index("good", "name", .ascending("name").byteOrdered(), .ascending("name").folded())
      Index("also_good", on: "lines", .foreignKey, .descending("price")).unique()
      Index("very_good", on: "lines.tags", .foreignKey, .targetKey)
      Index("expression", .ascending("city").expression())
      Index("good", "id")
      Index("copy", "id")
      Index("", "id")
      Index("a\u{0}", "id")
      Index("none")
      Index("wide", keys: (0..<33).map { .ascending("f\($0)") })
      Index("unknown", "nope")
      Index("nowhere", on: "nope", "id")
      Index("twice", "name", .descending("name"))
      Index("document", "meta")
      Index("inside", "city")
      Index("outside", .ascending("name").expression())
      Index("folds", .ascending("id").folded())
      Index("linked", .foreignKey)
      Index("target", on: "lines", .targetKey)
      Index("pivot", on: "lines.tags", "word")
      Index("parts", on: "parts", "size")
    }
    #expect(
      resource.faults == [
        "the index 'good' is declared twice",
        "the index 'copy' is another one's copy",
        "the index '' is another one's copy",
        "the index 'a\u{0}' is another one's copy",
        "an index has no name",
        "the name of an index holds a NUL",
        "the index 'none' has no columns",
        "the index 'wide' has more than 32 columns",
        "the index 'unknown' names the unknown field 'nope'",
        "the index 'nowhere' names the unknown relation 'nope'",
        "the index 'twice' has 'name' twice",
        "the index 'document' has the document 'meta', which has no order",
        "the index 'inside' has 'city', which is no column; index its expression",
        "the index 'outside' has the expression of 'name', a column",
        "the index 'folds' folds 'id', which is not text",
        "the index 'linked' has a foreign key, which its table has not",
        "the index 'target' has a target key, which its table has not",
        "the index 'pivot' is of a pivot table, which does not have 'word'",
        "the index 'parts' is of a relation inside a JSON column, which has no table",
      ])
  }

  @Test("and two that differ in an index, or in what is demanded, are not equal")
  func indexesCount() {
    func resource(_ index: Index, _ demand: IndexDemand = []) -> Resource {
      Resource("items", dialect: .suffix, requireIndex: demand) {
        Field("id", .integer).primaryKey()
        index
      }
    }
    #expect(resource(Index("a", "id")) == resource(Index("a", "id")))
    #expect(resource(Index("a", "id")) != resource(Index("a", .descending("id"))))
    #expect(resource(Index("a", "id")) != resource(Index("a", "id").unique()))
    #expect(resource(Index("a", "id")) != resource(Index("a", "id"), .order))
    let reading = resource(Index("a", "id"), [.filters, .order]).reading(.bracket)
    #expect(reading.requiredIndexes == [.filters, .order] && reading.indexes.count == 1)
    #expect(reading.paged(.pages(defaultSize: 2, maximumSize: nil)).requiredIndexes == [.filters, .order])
    #expect(reading.compatible(with: nil).requiredIndexes == [.filters, .order])
  }
}
