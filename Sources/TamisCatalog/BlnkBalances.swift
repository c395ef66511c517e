public import TamisModel

extension Catalog {
  /// The balances of a Blnk ledger: `currency_eq=USD&balance_gte=1000&created_at_between=2024-01-01|2024-12-31`.
  public static let blnkBalances = Resource(
    "balances", table: "blnk.balances", dialect: .suffix,
    // Blnk: 10 rows unless asked, a filtered list never gives more than 1000, the newest first.
    paging: .limitOffset(defaultLimit: 10, maximumLimit: 1_000),
    defaultSort: [.descending("created_at")], limits: blnkLimits
  ) {
    // Blnk: the fields that may be filtered, named as their columns. The money columns are NUMERIC without a
    // scale and hold whole minor units of any size.
    // Regular expressions are ours: no suffix of the real server asks for one.
    blnkField("balance_id", .text).primaryKey().matchable()
    blnkField("ledger_id", .text).sortable()
    blnkField("identity_id", .text, isNullable: true).sortable()
    blnkField("indicator", .text, isNullable: true).sortable().matchable()
    blnkField("currency", .text).sortable()
    blnkField("balance", .bigInteger).sortable()
    blnkField("credit_balance", .bigInteger).sortable()
    blnkField("debit_balance", .bigInteger).sortable()
    blnkField("inflight_balance", .bigInteger).sortable()
    blnkField("inflight_credit_balance", .bigInteger).sortable()
    blnkField("inflight_debit_balance", .bigInteger).sortable()
    blnkField("created_at", .timestamp).sortable()
    // Blnk: `meta_data.tier_eq=gold`, one level of keys.
    blnkField("meta_data", .json, isNullable: true).openKeys(levels: 1)
    // Blnk: the count comes beside the rows and changes none of them.
    Parameter("include_count", .ignored(.boolean)).askingForCount()
  }

  /// Blnk: eq, ne, gt, gte, lt, lte, in, between, like, ilike, isnull and isnotnull on every field, as far as its type
  /// has them: a null test of a column without nulls is allowed there. No other suffix is an operator.
  private static func blnkField(_ name: String, _ type: FieldType, isNullable: Bool = false) -> Field {
    let field = Field(name, type)
    let operators = OperatorSet.all(for: type).intersection(blnkOperators)
    return (isNullable ? field.nullable() : field).operators(operators)
  }

  private static let blnkOperators: OperatorSet = [
    .equal, .notEqual, .greater, .greaterOrEqual, .less, .lessOrEqual, .isIn, .between, .like,
    .likeIgnoringCase, .isNull, .isNotNull, .jsonContains,
  ]

  /// Blnk: at most 20 filters, 100 items of a list, 1000 bytes of a value.
  private static var blnkLimits: QueryLimits {
    var limits = QueryLimits()
    limits.clauses = 20
    limits.listItems = 100
    limits.valueBytes = 1_000
    return limits
  }
}
