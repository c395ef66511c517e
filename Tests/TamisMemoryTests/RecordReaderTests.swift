import TamisMemory
import TamisModel
import Testing

@Suite struct RecordReaderTests {
  private func value(_ name: String, _ json: String) throws -> Value? {
    let id = try #require(samples.field(named: name))
    return try sample("\"\(name)\":\(json)").value(of: id)
  }

  @Test func valuesOfEveryType() throws {
    #expect(try value("name", #""a\u00e9\n""#) == .text("aé\n"))
    #expect(try value("name", #""""#) == .text(""))
    #expect(try value("count", "-9223372036854775808") == .integer(.min))
    #expect(try value("count", #""9223372036854775807""#) == .integer(.max))
    #expect(try value("count", "5e2") == .integer(500))
    #expect(try value("count", "5.0") == .integer(5))
    #expect(try value("total", "123456789012345678901234567890") == decimal("123456789012345678901234567890"))
    #expect(try value("total", #""007""#) == decimal("7"))
    #expect(try value("price", #""5.00""#) == decimal("5"))
    #expect(try value("price", "0.1") == decimal("0.1"))
    #expect(try value("active", "true") == .boolean(true))
    #expect(
      try value("key", #""0000000A-0000-0000-0000-00000000000b""#)
        == .uuid("0000000a-0000-0000-0000-00000000000b"))
    #expect(try value("day", #""2022-03-01""#) == .date(CalendarDate(year: 2022, month: 3, day: 1)!))
    #expect(
      try value("day", #""2022-03-01T02:00:00+02:00""#) == .date(CalendarDate(year: 2022, month: 3, day: 1)!))
    #expect(try value("at", #""1970-01-01T01:00:00.000001+01:00""#) == instant(1))
    #expect(try value("at", #""1970-01-01T00:00:02""#) == instant(2_000_000))
    #expect(try value("state", #""done""#) == .enumeration("done"))
    #expect(try value("state", "9") == .enumeration("ready"))
    #expect(
      try value("meta", #"{ "a": [1.0, null, true, "é\""], "b": {} }"#)
        == .json(#"{"a":[1,null,true,"é\""],"b":{}}"#))
    for field in samples.fields where field.isNullable && field.name != "inner" {
      #expect(try value(field.name, "null") == nil)
    }
    let deep = try sample(#""deep":{"inner":"x","y":1}"#)
    #expect(deep.value(of: samples.field(named: "inner")!) == .text("x"))
    #expect(try sample(#""deep":5"#).value(of: samples.field(named: "inner")!) == nil)
  }

  @Test func casesThatAreNone() throws {
    for (json, code) in [("true", "syntax.wrong-shape"), (#""x""#, "value.invalid"), ("7", "value.invalid")] {
      let error = try #require(throws: QueryError.self) { try sample("\"state\":\(json)") }
      #expect(error.diagnostics.map(\.code) == [code], "\(json)")
    }
  }

  @Test func elements() throws {
    let record = try sample(#""items":[{"amount":1,"limit":2},5,{"limit":3}],"owner":{"name":"n"}"#)
    #expect(record.elements(ofRelation: 0) == [[.integer(1), .integer(2)], [nil, .integer(3)]])
    #expect(record.elements(ofRelation: 1) == [[.text("n")]])
    #expect(record.elements(ofRelation: 7) == [])
    #expect(record.value(of: samples.field(named: "amount", inRelation: 0)!) == nil)
  }

  /// A resource whose times have an offset, and an enumeration in any case with stored texts.
  @Test func offsetsAndCases() throws {
    let resource = Resource("r", dialect: .suffix, offsetMinutes: 120) {
      Field("id", .integer).primaryKey()
      Field("at", .timestamp)
      Field("day", .date)
      Field(
        "site",
        .enumeration(
          Enumeration(
            [.init("Wiki", stored: .text("w")), .init("AWS", stored: .text("a"))], matchesAnyCase: true)))
    }
    let record = try RecordReader(resource: resource).read(
      #"{"id":3,"at":"1970-01-01T02:00:01","day":"2022-03-01","site":"wIKI"}"#)
    #expect(record.value(of: resource.field(named: "at")!) == instant(1_000_000))
    #expect(
      record.value(of: resource.field(named: "day")!) == .date(CalendarDate(year: 2022, month: 3, day: 1)!))
    #expect(record.value(of: resource.field(named: "site")!) == .enumeration("Wiki"))
    let stored = try RecordReader(resource: resource).read(
      #"{"id":3,"at":"1970-01-01T00:00:00Z","day":"2022-03-01T00:00:00Z","site":"a"}"#)
    #expect(stored.value(of: resource.field(named: "site")!) == .enumeration("AWS"))
  }

  /// The value between the carets is at fault.
  @Test(arguments: [
    (#"{"id":^5^}"#, "syntax.wrong-shape", "/id"), (#"{"id":"a","name":^5^}"#, "syntax.wrong-shape", "/name"),
    (#"^{"name":"a"}^"#, "syntax.wrong-shape", "/id"), (#"{"id":^null^}"#, "syntax.wrong-shape", "/id"),
    (#"{"id":"a","count":^1.5^}"#, "value.invalid", "/count"),
    (#"{"id":"a","count":^9223372036854775808^}"#, "value.out-of-range", "/count"),
    (#"{"id":"a","count":^"9223372036854775808"^}"#, "value.out-of-range", "/count"),
    (#"{"id":"a","count":^"1e3"^}"#, "value.invalid", "/count"),
    (#"{"id":"a","count":^true^}"#, "syntax.wrong-shape", "/count"),
    (#"{"id":"a","count":^""^}"#, "value.invalid", "/count"),
    (#"{"id":"a","count":^1e999999999^}"#, "value.out-of-range", "/count"),
    (#"{"id":"a","total":^1.5^}"#, "value.invalid", "/total"),
    (#"{"id":"a","total":^"x"^}"#, "value.invalid", "/total"),
    (#"{"id":"a","price":^1.005^}"#, "value.out-of-range", "/price"),
    (#"{"id":"a","price":^12345678901234567890123456789^}"#, "value.out-of-range", "/price"),
    (#"{"id":"a","price":^1e5000^}"#, "limit.digits", "/price"),
    (#"{"id":"a","active":^1^}"#, "syntax.wrong-shape", "/active"),
    (#"{"id":"a","key":^"x"^}"#, "value.invalid", "/key"),
    (#"{"id":"a","day":^"2022-02-30"^}"#, "value.invalid", "/day"),
    (#"{"id":"a","day":^"2022-02"^}"#, "value.invalid", "/day"),
    (#"{"id":"a","day":^"2022-02-01T01:00:00Z"^}"#, "value.invalid", "/day"),
    (#"{"id":"a","at":^"2022-02-01"^}"#, "value.invalid", "/at"),
    (#"{"id":"a","at":^"2022-02-01T01:00:00.1234567Z"^}"#, "value.invalid", "/at"),
    (#"{"id":"a","at":^"2022-02-01T24:00:00Z"^}"#, "value.invalid", "/at"),
    (#"{"id":"a","state":^"Ready"^}"#, "value.invalid", "/state"),
    (#"{"id":"a","state":^5^}"#, "value.invalid", "/state"),
    (#"{"id":"a","meta":{"x":^1e5000^}}"#, "limit.digits", "/meta"),
    (#"{"id":"a","deep":{"inner":^[]^}}"#, "syntax.wrong-shape", "/deep/inner"),
    (#"{"id":"a","items":[{"amount":1},{"amount":^"x"^}]}"#, "value.invalid", "/items/amount"),
    (#"^[1]^"#, "syntax.wrong-shape", nil), (#"{"id":"a"^x^}"#, "syntax.invalid-json", nil),
  ])
  func faults(_ marked: String, _ code: String, _ pointer: String?) throws {
    let pieces = marked.utf8.split(separator: UInt8(ascii: "^"), omittingEmptySubsequences: false)
    try #require(pieces.count == 3)
    let error = #expect(throws: QueryError.self) { try sampleReader.read(pieces.flatMap { Array($0) }) }
    let diagnostic = try #require(error?.diagnostics.first)
    #expect(error?.diagnostics.count == 1)
    #expect(diagnostic.code == code)
    #expect(diagnostic.parameter == pointer)
    let place = diagnostic.code == "limit.digits" && pointer == "/meta" ? nil : diagnostic.span
    if let place {
      #expect(
        place == SourceSpan(pieces[0].count, pieces[0].count + pieces[1].count), "\(diagnostic.message)")
    } else {
      #expect(
        diagnostic.span.start <= pieces[0].count && diagnostic.span.end >= pieces[0].count + pieces[1].count)
    }
  }

  @Test func everyFaultOfARecordIsReported() throws {
    let error = #expect(throws: QueryError.self) {
      try sampleReader.read(#"{"name":1,"count":"x","active":0}"#)
    }
    #expect(error?.diagnostics.map(\.parameter) == ["/id", "/name", "/count", "/active"])
    #expect(error?.diagnostics[1].message == #"expected text for the field "name", found a number"#)
  }

  @Test func textsOfManyRecords() throws {
    let lines = "\n {\"id\":\"a\"} \r\n\n{\"id\":\"b\"}"
    #expect(try sampleReader.readAll(Array(lines.utf8)).map(\.json) == [#"{"id":"a"}"#, #"{"id":"b"}"#])
    let array = " [ {\"id\":\"a\"} ,\n{\"id\": \"b\"}]"
    #expect(try sampleReader.readAll(Array(array.utf8)).map(\.json) == [#"{"id":"a"}"#, #"{"id": "b"}"#])
    #expect(try sampleReader.readAll([]).isEmpty)
    let fault = #expect(throws: QueryError.self) {
      try sampleReader.readAll(Array("{\"id\":\"a\"}\n{\"id\":5}".utf8))
    }
    #expect(fault?.diagnostics.first?.span == SourceSpan(17, 18))
  }

  /// A record that cannot be read leaves no trace in its batch.
  @Test func aBatchSurvivesAFault() throws {
    var batch = RecordBatch(sampleReader)
    try batch.append(Array(#"{"id":"a","items":[{"amount":1}],"meta":{"k":1}}"#.utf8))
    #expect(throws: QueryError.self) {
      try batch.append(Array(#"{"id":"b","items":[{"amount":2},{"amount":"x"}],"meta":{"k":2}}"#.utf8))
    }
    try batch.append(Array(#"{"id":"c","items":[{"amount":3}],"meta":{"k":3}}"#.utf8))
    #expect(batch.count == 2)
    let set = batch.finish()
    #expect(batch.count == 0)
    let meta = samples.field(named: "meta")!
    #expect(set.map { $0.value(of: meta) } == [.json(#"{"k":1}"#), .json(#"{"k":3}"#)])
    #expect(set.map { $0.elements(ofRelation: 0).map { $0[0] } } == [[.integer(1)], [.integer(3)]])
    #expect(set[1].json == #"{"id":"c","items":[{"amount":3}],"meta":{"k":3}}"#)
  }

  @Test func relatedRecords() throws {
    let resource = Resource("accounts", dialect: .suffix) {
      Field("id", .bigInteger).primaryKey()
      Relation("payments", .many) { Field("amount", .integer) }
        .related("payment", foreignKey: "account", parentKey: "id")
      Relation("holder", .one) { Field("name", .text) }
        .related("person", foreignKey: "account", parentKey: "id")
    }
    let payments =
      #"{"account":"1","amount":5}"# + "\n" + #"{"account":2,"amount":6}"# + "\n"
      + #"{"account":1.0,"amount":7}"#
      + "\n" + #"{"account":null,"amount":8}"# + "\n" + #"{"amount":9}"#
    let people = #"[{"account":1,"name":"a"},{"account":1,"name":"b"}]"#
    let reader = try RecordReader(
      resource: resource, related: ["payment": Array(payments.utf8), "person": Array(people.utf8)])
    let first = try reader.read(#"{"id":1}"#)
    #expect(first.elements(ofRelation: 0) == [[.integer(5)], [.integer(7)]])
    #expect(first.elements(ofRelation: 1) == [[.text("a")]])
    #expect(try reader.read(#"{"id":"2"}"#).elements(ofRelation: 0) == [[.integer(6)]])
    #expect(try reader.read(#"{"id":3}"#).elements(ofRelation: 0) == [])
    #expect(try RecordReader(resource: resource).read(#"{"id":1}"#).elements(ofRelation: 0) == [])
    let fault = #expect(throws: QueryError.self) {
      try RecordReader(
        resource: resource, related: ["payment": Array("{\"account\":1}\n{\"account\":\"x\"}".utf8)])
    }
    #expect(fault?.diagnostics.first?.span == SourceSpan(25, 28))
    let query = try #require(
      Query(
        resource,
        where: .any(relation: "payments", .compare("amount", .greater, .integer(6)), isNegated: false)))
    #expect(try RecordSetPredicate(query).matches(first))
  }

  @Test func output() throws {
    let record = try sample(
      #""name": "é\u00e9" , "price":"5.00", "deep":{"inner":"x"},"meta":{"b": [1, 2],"a":1e2},"extra":1"#)
    var query = try #require(Query(samples))
    query.selection = ["id", "name", "count", "price", "meta", "inner"].map { samples.field(named: $0)! }
    #expect(
      record.selectedJSON(query)
        == #"{"id":"r","name":"éé","count":null,"price":"5.00","meta":{"b":[1,2],"a":1e2},"inner":"x"}"#)
    #expect(record.primaryKeyJSON == #""r""#)
    let pair = Resource("pairs", dialect: .suffix) {
      Field("a", .bigInteger).primaryKey()
      Field("b", .text).at("in", "b").primaryKey()
    }
    let keyed = try RecordReader(resource: pair).read(#"{"a":12345678901234567890,"in":{"b":"x\"y"}}"#)
    #expect(keyed.primaryKeyJSON == #"[12345678901234567890,"x\"y"]"#)
  }
}
