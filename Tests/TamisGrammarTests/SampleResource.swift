import Tamis

/// A resource whose fields are text, with every operator: what it refuses, it refuses for the way a request is written.
enum SampleResource {
  /// - Parameter keys: whether clients may name keys inside the JSON field. Where field and operator are joined, a key
  ///   may be read as one with its operator, which a grammar can not say; so it has none there.
  static func make(_ dialect: QueryDialect, _ paging: Paging) -> Resource {
    let levels = hasKeys(dialect) ? 2 : 0
    var limits = QueryLimits()
    limits.diagnostics = 10_000
    return Resource(
      "items", type: "item", dialect: dialect, paging: paging, defaultSort: [.ascending("id")], limits: limits
    ) {
      Field("id", .text).primaryKey().notFilterable()
      Field("name", .text).nullable().sortable().matchable()
      Field("unit_code", .text).nullable().sortable().matchable()
      levels > 0
        ? Field("meta", .json).nullable().matchable().openKeys(levels: levels)
        : Field("meta", .json).nullable()
      Relation("parts", .many) { Field("size", .text).nullable().matchable() }
      Parameter("q", .value(.text, .compare("name", .equal, .argument)))
    }
  }

  static func hasKeys(_ dialect: QueryDialect) -> Bool {
    switch dialect {
    case .jsonAPI, .jsonAPIKeys, .bracket, .body: true
    case .suffix, .mixed: false
    }
  }

  static let pagings: [Paging] = [
    .limitOffset(defaultLimit: 20, maximumLimit: 100_000),
    .pages(defaultSize: 20, maximumSize: 100_000),
    .cursor(defaultLimit: 20, maximumLimit: 100_000),
  ]

  /// Its names, in the place of any name.
  static func names(_ dialect: QueryDialect) -> String {
    let shared = """
      element-field = %s"size"
      relation = %s"parts"
      included = %s"parts"
      parameter-name = %s"q"
      sort-field = %s"name" / %s"unit_code" / %s"id"
      selected-field = %s"id" / %s"name" / %s"unit_code" / %s"meta"

      """
    return shared + (dialect == .body ? bodyNames : urlNames(dialect))
  }

  private static func urlNames(_ dialect: QueryDialect) -> String {
    let type = #"type = %s"item""# + "\n"
    guard hasKeys(dialect) else { return type + #"field = %s"name" / %s"unit_code" / %s"parts.size""# + "\n" }
    return type + """
      field = %s"name" / %s"unit_code" / %s"parts.size" / %s"meta." key [ %s"." key ]
      key = key-letter *( key-letter / key-digit / %s"_" )
      key-letter = ALPHA / "%" ( "4" / "6" ) ( %x31-39 / "A" / "B" / "C" / "D" / "E" / "F" )
                 / "%" ( "5" / "7" ) ( DIGIT / "A" )
      key-digit = DIGIT / "%3" DIGIT

      """
  }

  /// Its fields and its parameter are text, so a scalar is a string.
  private static let bodyNames = """
    field = %s"name" / %s"unit_code" / %s"parts.size" / json-key
    json-field = %s"meta" / json-key
    json-key = %s"meta." key [ %s"." key ]
    scalar = string
    argument = string
    key = key-letter *( key-letter / key-digit / %s"_" )
    key-letter = ALPHA / %x5C.75 "00" ( "4" / "6" ) ( %x31-39 / "A" / "B" / "C" / "D" / "E" / "F" )
               / %x5C.75 "00" ( "5" / "7" ) ( DIGIT / "A" )
    key-digit = DIGIT / %x5C.75 "003" DIGIT

    """
}
