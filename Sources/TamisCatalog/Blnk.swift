import TamisModel

/// What the lists of a Blnk ledger have in common.
enum Blnk {
  /// Blnk: the fields that may be filtered, named as their columns. Every operator that the type has is offered,
  /// null tests included: the real server allows those of columns without nulls, too.
  static func field(_ name: String, _ type: FieldType) -> Field {
    let field = Field(name, type).operators(.all(for: type))
    return type == .json ? field.openKeys(levels: 1) : field.sortable()
  }

  static func nullable(_ name: String, _ type: FieldType = .text) -> Field {
    let field = field(name, type)
    return field.nullable().operators(field.operators)
  }

  static func key(_ name: String) -> Field { field(name, .text).primaryKey() }

  /// Blnk: the count comes beside the rows and changes none of them.
  static var includeCount: Parameter { Parameter("include_count", .ignored(.boolean)).askingForCount() }

  /// Blnk: at most 20 filters, 100 items of a list, 1000 bytes of a value.
  static var limits: QueryLimits {
    var limits = QueryLimits()
    limits.clauses = 20
    limits.listItems = 100
    limits.valueBytes = 1_000
    return limits
  }

  static func compatibility(
    table: String, _ change: (inout GuessedSuffixRules) -> Void = { _ in }
  ) -> Compatibility {
    var rules = GuessedSuffixRules(table: table)
    change(&rules)
    return Compatibility("Blnk", .guessedSuffixes(rules))
  }
}
