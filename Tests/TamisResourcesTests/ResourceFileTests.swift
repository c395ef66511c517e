import TamisCatalog
import TamisModel
import TamisResources
import TamisTesting
import Testing

/// A resource and its file say the same.
struct ResourceFileTests {
  @Test(arguments: Catalog.all)
  func theCatalogueComesBack(_ entry: Catalog.Entry) throws {
    let text = ResourceFile.write(entry.resource)
    let read = try ResourceFile.read(text)
    #expect(read == entry.resource)
    #expect(ResourceFile.write(read) == text)
  }

  @Test func randomResourcesComeBack() throws {
    for seed in 0..<300 {
      let resource = GeneratedResource(seed: UInt64(seed)).resource
      let text = ResourceFile.write(resource)
      let read = try ResourceFile.read(text)
      #expect(read == resource, "seed \(seed)")
      #expect(ResourceFile.write(read) == text, "seed \(seed)")
    }
  }

  @Test func everythingComesBack() throws {
    let resource = FileSamples.everything
    #expect(resource.faults == [])
    let text = ResourceFile.write(resource)
    #expect(try ResourceFile.read(text) == resource)
    // Nothing of it is the default, so that a member which is not written shows.
    for member in [
      "type", "table", "paging", "defaultSort", "offsetMinutes", "groups", "limits", "relations",
      "parameters",
      "scopes",
      "column", "recordPath", "json", "nullable", "primaryKey", "sortable", "hidden", "selected", "operators",
      "storage", "byteCollated", "keyLevels", "childTable", "related", "nested", "choice", "flag", "ignored",
      "value", "required", "instant", "anyCase", "enumeration", "decimal", "argument", "otherField", "values",
    ] {
      #expect(text.contains("\"\(member)\":"), "\(member)")
    }
  }

  /// A resource has one compatibility, so this style's rules stand in another one.
  @Test func guessedSuffixesComeBack() throws {
    let resource = FileSamples.guessed
    #expect(resource.faults == [])
    let text = ResourceFile.write(resource)
    #expect(try ResourceFile.read(text) == resource)
    for member in [
      "virtualFields", "parts", "relation", "guessedSuffixes", "table", "defaultLimit", "maximumLimit",
      "limitBeyondMaximum", "bodyDefaultLimit", "bodyMaximumLimit", "maximumFilters", "maximumItems",
      "maximumValueBytes", "unfiltered", "badLimitAnswer", "badOffsetAnswer", "failureAnswer",
      "requestType", "filterType", "operatorType", "restrictions", "onceOnly",
    ] {
      #expect(text.contains("\"\(member)\":"), "\(member)")
    }
  }

  /// How the kinds of elements are mixed says nothing.
  @Test func theOrderOfKindsIsNoDifference() throws {
    let mixed = Resource("things", dialect: .suffix) {
      Scope("tenant", .text, .compare("name", .equal, .argument))
      Field("id", .integer).primaryKey()
      Parameter("shown", .ignored(.boolean))
      Field("name", .text)
    }
    #expect(try ResourceFile.read(ResourceFile.write(mixed)) == mixed)
  }

  @Test func everyLimitComesBack() throws {
    var limits = QueryLimits()
    limits.queryBytes = 1
    limits.bodyBytes = 2
    limits.parameters = 3
    limits.clauses = 4
    limits.depth = 5
    limits.listItems = 6
    limits.valueBytes = 7
    limits.patternBytes = 8
    limits.digits = 9
    limits.diagnostics = 10
    let resource = Resource("things", dialect: .body, limits: limits) { Field("id", .integer).primaryKey() }
    #expect(try ResourceFile.read(ResourceFile.write(resource)).limits == limits)
  }

  @Test func whatIsLeftOutHasItsDefault() throws {
    let file = """
      {"$schema": "resource.schema.json", "name": "balances", "dialect": "suffix", "fields": [
        {"name": "id", "type": "integer", "primaryKey": true},
        {"name": "note", "type": "text", "nullable": true},
        {"name": "key", "type": "uuid", "hidden": true}
      ]}
      """
    let built = Resource("balances", dialect: .suffix) {
      Field("id", .integer).primaryKey()
      Field("note", .text).nullable()
      Field("key", .uuid).hidden()
    }
    #expect(try ResourceFile.read(file) == built)
  }

  /// The canonical text is read by people too.
  @Test func layout() {
    let resource = Resource("things", dialect: .bracket, defaultSort: [.descending("at")]) {
      Field("id", .integer).primaryKey()
      Field("at", .timestamp).nullable().operators([.less, .isNull])
    }
    #expect(
      ResourceFile.write(resource) == """
        {
          "name": "things",
          "dialect": "bracket",
          "defaultSort": ["-at"],
          "fields": [
            {"name": "id", "type": "integer", "primaryKey": true},
            {"name": "at", "type": "timestamp", "nullable": true, "operators": ["lt", "isnull"]}
          ]
        }

        """)
  }
}
