import TamisModel

enum FileSamples {
  /// Every element with every property that is not the default's.
  static let everything = Resource(
    "things", type: "thing", table: "shop.things", dialect: .jsonAPIKeys,
    paging: .cursor(defaultLimit: 5, maximumLimit: 50),
    defaultSort: [
      .descending("amount"), .ascending("-odd"), .descending("-odd2", nulls: .last),
      .ascending("at", nulls: .smallest),
    ], limits: limits, offsetMinutes: -330, groups: false,
    compatibility: Compatibility("Shop", .declaredFilters(rules))
  ) {
    Field("id", .integer).primaryKey()
    Field("amount", .decimal(precision: 12, scale: 3)).column("amount_milli").storage(.integer, on: "sqlite")
      .storage(.native, on: "postgresql").sortable()
    Field("big", .bigInteger)
    Field("-odd", .integer).sortable().operators([.equal, .between])
    Field("-odd2", .text).sortable().byteCollated().notFilterable()
    Field("code", .text).matchable().valuePattern("c_[0-9]+")
    Field("token", .uuid).hidden()
    Field("day", .date).nullable().selectedOnRequest()
    Field("open", .boolean).at("state", "open").inJSON("state", "is", "open")
    Field("at", .timestamp).nullable().sortable()
    Field("meta", .json).nullable().openKeys(levels: 3)
    Field(
      "level",
      .enumeration(
        Enumeration(
          [.init("low", stored: .integer(-9_223_372_036_854_775_808)), .init("high", stored: .integer(2))],
          matchesAnyCase: true)))
    Field(
      "tier",
      .enumeration(Enumeration([.init("gold \"1\"", stored: .text("g")), .init("é", stored: .text("é"))])))
    Relation("lines", .many) { Field("start", .integer).nullable() }
      .childTable("shop.lines", foreignKey: "thing_id", parentKey: "id")
      .related("lines", foreignKey: "thing_id", parentKey: "id").hidden()
      .only(.or(.isNull("start"), .compare("start", .greater, .literal("0"))))
      .nesting(
        Relation("tags", .many) { Field("name", .text) }
          .pivotTable(
            "line_tag", foreignKey: "line", targetKey: "tag", table: "shop.tags", key: "id",
            parentKey: "start"
          )
          .nesting(Relation("colors", .one) { Field("hue", .integer) }.at("c")))
    Relation("steps", .many) { Field("at", .date).nullable() }.inStructs("steps")
      .nesting(Relation("marks", .many) { Field("mark", .integer) }.inStructs("marks"))
    Relation("owner", .one) { Field("name", .text).nullable() }.at("people", "owner").inJSON(
      "people", "owner")
    Relation("empty", .many) { Field("name", .text) }.inJSON("other")
    Parameter("covering", .value(.timestamp, condition)).required().instant()
    Parameter(
      "trashed",
      .choice(
        [.init("with", .always), .init("none", .never), .init("only", .isNotNull("day"))],
        defaultChoice: "only")
    ).anyCase()
    Parameter(
      "open_only",
      .flag(whenTrue: .isIn("amount", ["1", "2.5"]), whenFalse: .always, defaultValue: true))
    Parameter("traced", .ignored(.enumeration(Enumeration(["a", "b"]))))
    Scope("tenant", .uuid, .compare("token", .equal, .argument))
    Index("by_amount", "amount", .descending("id"), .ascending("-odd"))
    Index(
      "by_code", .ascending("code").byteOrdered(), .descending("code", nulls: .last).patternOrdered(),
      .ascending("day", nulls: .first)
    ).unique()
    Index("by_state", .descending("open").expression(), .ascending("code").folded())
    Index("by_thing", on: "lines", .foreignKey, "start")
    Index("by_tag", on: "lines.tags", IndexKey(.targetKey, .descending), .foreignKey)
    propertyFilters
    filterParameters
  }

  /// Virtual fields, and every rule of a server that guesses.
  static let guessed = Resource(
    "payments", dialect: .suffix, compatibility: Compatibility("Ledger", .guessedSuffixes(guessedRules)),
    requireIndex: [.filters, .order]
  ) {
    Field("id", .integer).primaryKey()
    Field("payer", .text)
    Field("payee", .text)
    Relation("bank", .one) { Field("code", .text) }.at("bank")
    VirtualField("party", .field("payer"), .field("payee"), operators: [.equal, .isIn])
    VirtualField("code", .related("bank", "code"))
  }

  private static var guessedRules: GuessedSuffixRules {
    var rules = GuessedSuffixRules(table: "payment")
    rules.defaultLimit = 1
    rules.maximumLimit = 2
    rules.limitBeyondMaximum = 3
    rules.unfiltered = .everything
    rules.badLimitAnswer = "limit"
    rules.badOffsetAnswer = "offset"
    rules.bodyDefaultLimit = 4
    rules.bodyMaximumLimit = 5
    rules.maximumFilters = 6
    rules.maximumItems = 7
    rules.maximumValueBytes = 8
    rules.failureAnswer = "failed"
    rules.restrictions = [.init("party", operators: [.equal], isOnceOnly: true)]
    rules.requestType = "web.Request"
    rules.filterType = "web.Filter"
    rules.operatorType = "web.Operator"
    return rules
  }

  @ResourceBuilder private static var propertyFilters: [ResourceElement] {
    PropertyFilter.date("day")
    PropertyFilter.date("at", nulls: .excludeEach)
    PropertyFilter.range("amount", "lines.start")
    PropertyFilter.numeric("big")
    PropertyFilter.boolean()
    PropertyFilter.enumeration("level", FilterProperty("kind", field: "tier"))
    PropertyFilter.search("code", "owner.name", by: .wordStart.ignoringCase)
    PropertyFilter.search(FilterProperty("id", iri: "/things/"))
    PropertyFilter.exists("at", "lines")
    PropertyFilter.order("amount", nulls: .last, emptyDirection: .descending)
    PropertyFilter.order("id")
  }

  @ResourceBuilder private static var filterParameters: [ResourceElement] {
    FilterParameter("exactly", .exact, on: "id").casting(to: .integer).defaulting(to: "7")
    FilterParameter("search[:property]", .partialSearch(caseSensitive: true), on: "code", "owner.name")
    FilterParameter("amount", .comparison(.exact))
    FilterParameter("q", .freeText(.or(.startSearch())), on: "code", "owner.name")
    FilterParameter(
      "any",
      .freeTextMap([FreeTextEntry("code", .or(.endSearch())), FreeTextEntry("token", .or(.exact))]))
    FilterParameter("sorted", .sort(.largest), on: "amount")
    FilterParameter("unsorted", .sort(nil), on: "amount")
    FilterParameter("until", .date(.includeBefore), on: "at")
    FilterParameter("on", .date(.none), on: "day")
    FilterParameter("known", .exists, on: "at")
  }

  private static var rules: DeclaredFilterRules {
    var rules = DeclaredFilterRules()
    rules.orderParameter = "sort"
    rules.clientChoosesSize = true
    rules.nulls = .largest
    return rules
  }

  private static let condition = Condition.and(
    .or(.isNull("at"), .not(.compare("at", .greaterOrEqual, .argument))),
    .any("lines", .compare("start", .notEqual, .literal("3"))),
    .any("lines", .compare("start", .greater, .literal("4")), atLeast: 65_535),
    .compare("id", .less, .field("-odd")), .compare("id", .lessOrEqual, .literal("9")),
    .compare("id", .greater, .literal("-9")))

  private static var limits: QueryLimits {
    var limits = QueryLimits()
    limits.clauses = 12
    limits.depth = 3
    return limits
  }
}
