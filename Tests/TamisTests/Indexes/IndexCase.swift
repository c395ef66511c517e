import Tamis
import TamisModel
import TamisSQL

/// A request, the indexes that there are, and what explanations say of it on each engine.
struct IndexCase {
  var request: String
  var indexes: [Index]
  /// What is said of each clause, of the order, or of the cursor's place, in that order of lines.
  var postgreSQL: [String]
  var sqlite: [String]
  /// The values of the place that the page is beside.
  var place: [Value?]?
  var line: Int

  init(
    _ request: String, _ indexes: [Index] = [], _ both: String..., postgreSQL: [String]? = nil,
    sqlite: [String]? = nil, place: [Value?]? = nil, line: Int = #line
  ) {
    self.request = request
    self.indexes = indexes
    self.postgreSQL = postgreSQL ?? both
    self.sqlite = sqlite ?? both
    self.place = place
    self.line = line
  }

  func expected(_ dialect: SQLDialect) -> [String] { dialect == .sqlite ? sqlite : postgreSQL }

  func compiled() throws -> CompiledQuery {
    let compiler = QueryCompiler(resource: IndexSamples.resource(indexes), cursors: .unauthenticated)
    let first = try compiler.compile(request, randomSeed: 7)
    guard let place else { return first }
    let token = try first.cursor(of: KeysetBoundary(values: place))
    return try compiler.compile(request + "&next_page=" + token, randomSeed: 7)
  }
}

extension IndexCase {
  private static let byCode = Index("by_code", "code", "id")
  private static let byLabel = Index("by_label", "label", "id")
  private static let byLabelBytes = Index("by_label", .ascending("label").byteOrdered(), "id")
  private static let byLabelPattern = Index("by_label", .ascending("label").patternOrdered(), "id")
  private static let byLabelFolded = Index("by_label", .ascending("label").folded())
  private static let byAmount = Index("by_amount", "amount", "id")
  private static let byMade = Index("by_made", "made_at", "id")
  private static let byRank = Index("by_rank", "rank", "id")
  private static let byCurrency = Index("by_currency", "currency", "made_at", "id")
  private static let byCity = Index("by_city", .ascending("city").expression().byteOrdered(), "id")
  private static let byScore = Index("by_score", .ascending("score").expression())
  private static let byLine = Index("by_line", on: "lines", .foreignKey)
  private static let byTag = Index("by_tag", on: "tags", .foreignKey, .targetKey)

  private static let left = "no index; what it leaves out is not a range of an index"
  private static let open = "no index; the text may begin with anything"

  static let filters: [IndexCase] = [
    .init("id_eq=5", [byMade], "the primary key, equality"),
    .init("id_in=5,6,7", [byMade], "the primary key, list"),
    .init("code_eq=c7", [byCode], "by_code, equality"),
    .init("code_like=c7", [byCode], "by_code, equality"),
    .init("code_in=c7,c8", [byCode], "by_code, list"),
    .init(
      "code_in=c7", [byCode], postgreSQL: ["by_code, list"], sqlite: ["by_code, equality"]),
    .init("code_gt=c7&code_lt=c8", [byCode], "by_code, range", "by_code, range"),
    .init("code_startswith=c7", [byCode], "by_code, prefix"),
    .init("code_like=c7%25", [byCode], "by_code, prefix"),
    .init("code_contains=7", [byCode], open),
    .init("code_endswith=7", [byCode], open),
    .init("code_like=_7%25", [byCode], "no index; a pattern with wildcards inside is tested text by text"),
    .init("code_matches=7$", [byCode], "no index; a regular expression is tested text by text"),
    .init("code_ne=c7", [byCode], left),
    .init("code_notin=c7,c8", [byCode], left),
    .init("code_notlike=c7%25", [byCode], "by_code, two ranges"),
    .init("code_eq=c7", [byAmount], "no index; no index has 'code'"),
    .init("label_eq=l7", [byLabel], "by_label, equality"),
    .init("label_eq=l7", [byLabelPattern], "by_label, equality"),
    .init(
      "label_startswith=l7", [byLabel],
      postgreSQL: ["no index; by_label orders 'label' by another collation"], sqlite: ["by_label, prefix"]),
    .init("label_startswith=l7", [byLabelBytes], "by_label, prefix"),
    .init("label_eq=l7", [byLabelBytes], "by_label, equality"),
    .init("label_like=l7", [byLabelBytes], "by_label, equality"),
    .init("label_in=l7,l8", [byLabelBytes], "by_label, list"),
    .init(
      "label_eq=l7", [byLabelBytes, Index("also_by_label", "label")],
      postgreSQL: ["also_by_label, equality"], sqlite: ["by_label, equality"]),
    .init(
      "label_startswith=l7", [byLabelBytes, Index("also_by_label", "label")],
      "by_label, prefix"),
    .init("label_startswith=l7", [byLabelPattern], "by_label, prefix"),
    .init("label_notlike=l7%25", [byLabelPattern], "by_label, two ranges"),
    .init(
      "label_gte=l7", [byLabelPattern],
      postgreSQL: ["no index; by_label orders 'label' by another collation"], sqlite: ["by_label, range"]),
    .init("city_eq=t7", [byCity], "by_city, equality"),
    .init("label_gte=l7", [byLabelBytes], "by_label, range"),
    .init("label_ilike=L7", [byLabel], "no index; it ignores case, and no index has 'label' folded"),
    .init("label_ilike=L7", [byLabelFolded], "by_label, equality"),
    .init("label_istartswith=L7", [byLabelFolded], "by_label, prefix"),
    .init("label_icontains=L7", [byLabelFolded], open),
    .init(
      "label_eq=l7", [byLabelFolded], postgreSQL: ["no index; no index has 'label'"],
      sqlite: ["no index; no index has 'label'"]),
    .init("amount_eq=7", [byAmount], "by_amount, equality"),
    .init("amount_between=7|8", [byAmount], "by_amount, range"),
    .init("amount_notbetween=7|8", [byAmount], "by_amount, two ranges"),
    .init("amount_in=7,8", [byAmount], "by_amount, list"),
    .init("huge_gte=7&huge_lt=8", [Index("by_huge", "huge")], "by_huge, range", "by_huge, range"),
    .init("huge_eq=7", [Index("by_huge", "huge")], "by_huge, equality"),
    .init("made_at_eq=2023-11-20", [byMade], "by_made, range"),
    .init("made_at_lt=2023-11-20", [byMade], "by_made, range"),
    .init("made_at_ne=2023-11-20", [byMade], "by_made, two ranges"),
    .init("rank_isnull=", [byRank], "by_rank, null test"),
    .init("rank_isnotnull=", [byRank], "by_rank, presence test"),
    .init("open_eq=true", [Index("by_open", "open")], "by_open, equality"),
    .init(
      "token_eq=00000000-0000-0000-0000-000000000007", [Index("by_token", "token")], "by_token, equality"),
    .init("day_eq=2022-03-04", [Index("by_day", "day")], "by_day, equality"),
    .init("day_eq=2022-03", [Index("by_day", "day")], "by_day, range"),
    .init("tier_eq=gold", [Index("by_tier", "tier")], "by_tier, equality"),
    .init(
      "tier_in=gold", [Index("by_tier", "tier")], postgreSQL: ["by_tier, list"], sqlite: ["by_tier, equality"]
    ),
    .init("meta.k_eq=v7", [byCode], "no index; a key inside 'meta' that the client chose"),
    .init(
      "city_eq=t7", [byCode], "no index; 'city' stands inside a JSON column, and no index has its expression"),
    .init("city_startswith=t7", [byCity], "by_city, prefix"),
    .init("score_eq=7", [byScore], "by_score, equality"),
    .init("score_lt=7", [byScore], "by_score, range"),
    .init(
      "currency_eq=USD&made_at_gte=2024-01", [byCurrency], "by_currency, equality", "by_currency, range"),
    .init(
      "currency_in=USD,EUR&made_at_eq=2023-11-20", [byCurrency], "by_currency, list", "by_currency, range"),
    .init(
      "made_at_gte=2024-01", [byCurrency],
      "no index; 'made_at' stands in by_currency behind columns that are not held to a value"),
    .init(
      "code_gt=c7&amount_eq=3", [Index("by_both", "code", "amount")], "by_both, range",
      "no index; 'amount' stands in by_both behind columns that are not held to a value"),
    .init(
      "rank_isnull=&made_at_gt=2024", [Index("by_both", "rank", "made_at")], "by_both, null test",
      "by_both, range"),
    .init(
      "or[0][code_eq]=c7&or[1][amount_eq]=3", [byCode, byAmount],
      "by_code or by_amount, one search for each alternative"),
    .init(
      "or[0][code_eq]=c7&or[1][open_eq]=true", [byCode],
      "no index; an alternative is not served, so that everything is read"),
    .init("lines.price_eq=7", [byLine], "by_line finds the elements, but every record is looked at"),
    .init("not[lines.price_eq]=7", [byLine], "by_line finds the elements, but every record is looked at"),
    .init(
      "lines.price_eq=7", [byCode], "no index; no index of the table of 'lines' begins with its foreign key"),
    .init("tags.word_eq=w7", [byTag], "by_tag finds the elements, but every record is looked at"),
    .init("items.price_eq=7", [byCode], "no index; the elements of 'items' stand inside the record"),
  ]

  static let orders: [IndexCase] = [
    .init("label_eq=l7&sort=label", [byLabelBytes], "by_label"),
    .init("", [byMade], "the primary key"),
    .init("sort=-id", [byMade], "the primary key, read backwards"),
    .init(
      "sort=id,amount", [byMade],
      postgreSQL: ["the primary key gives the first key, and equal ones are sorted; no index has 'amount'"],
      sqlite: ["the primary key"]),
    .init("sort=made_at", [byMade], "by_made"),
    .init("sort=-made_at", [byMade], "by_made, read backwards"),
    .init(
      "sort=made_at,-id", [byMade],
      "by_made gives the first key, and equal ones are sorted; by_made has 'id' in the other direction"),
    .init("sort=made_at,-id", [Index("by_made", "made_at", .descending("id"))], "by_made"),
    .init("sort=-made_at,id", [Index("by_made", "made_at", .descending("id"))], "by_made, read backwards"),
    .init(
      "sort=made_at", [Index("by_made", "made_at")],
      postgreSQL: ["by_made gives the first key, and equal ones are sorted; no index has 'id'"],
      sqlite: ["by_made"]),
    .init(
      "sort=-made_at", [Index("by_made", .descending("made_at"))],
      postgreSQL: ["by_made gives the first key, and equal ones are sorted; no index has 'id'"],
      sqlite: [
        "by_made gives the first key, and equal ones are sorted; by_made has 'id' in the other direction"
      ]),
    .init("sort=amount", [byAmount], "by_amount"),
    .init("sort=-amount", [byAmount], "by_amount, read backwards"),
    .init(
      "sort=amount", [Index("by_amount", .ascending("amount", nulls: .first), "id")],
      postgreSQL: ["sorted; by_amount has null at the other end of 'amount'"], sqlite: ["by_amount"]),
    .init(
      "sort=made_at", [Index("by_made", .ascending("made_at", nulls: .first), "id")],
      postgreSQL: ["sorted; by_made has null at the other end of 'made_at'"], sqlite: ["by_made"]),
    .init(
      "sort=made_at,rank", [Index("by_both", "made_at", "rank", "id")], postgreSQL: ["by_both"],
      sqlite: [
        "by_both gives the first key, and equal ones are sorted; by_both has null at the other end of 'rank'"
      ]),
    .init("currency_eq=USD&sort=made_at", [byCurrency], "by_currency"),
    .init("currency_eq=USD&sort=-made_at", [byCurrency], "by_currency, read backwards"),
    .init("currency_eq=USD&made_at_gte=2024-01&sort=made_at", [byCurrency], "by_currency"),
    .init("currency_in=USD,EUR&sort=made_at", [byCurrency], "sorted; no index has 'made_at'"),
    .init("code_in=c7,c8&sort=code", [byCode], "by_code"),
    .init(
      "rank_isnull=&sort=made_at", [Index("by_both", "rank", "made_at", "id")],
      postgreSQL: ["sorted; no index has 'made_at'"], sqlite: ["by_both"]),
    .init(
      "sort=label", [byLabel], postgreSQL: ["sorted; by_label orders 'label' by another collation"],
      sqlite: ["by_label"]),
    .init("sort=label", [byLabelBytes], "by_label"),
    .init(
      "sort=label", [byLabelPattern], postgreSQL: ["sorted; by_label orders 'label' by another collation"],
      sqlite: ["by_label"]),
    .init("sort=city", [byCity], "by_city"),
    .init(
      "city_eq=t7&sort=city", [byCity], postgreSQL: ["by_city"],
      sqlite: ["sorted; 'city' is held to a value as an expression, and sorted by all the same"]),
    .init("code_eq=c7&sort=code", [byCode], "by_code"),
    .init(
      "id_eq=7&sort=id", [byMade], postgreSQL: ["the filter holds its keys to one value"],
      sqlite: ["the primary key finds one record at most"]),
    .init(
      "id_eq=7&sort=amount", [byMade], postgreSQL: ["sorted; no index has 'amount'"],
      sqlite: ["the primary key finds one record at most"]),
    .init(
      "code_eq=c7&sort=amount", [Index("one_code", "code").unique()],
      postgreSQL: ["sorted; no index has 'amount'"], sqlite: ["one_code finds one record at most"]),
    .init(
      "amount_eq=7&sort=code", [Index("by_both", "code", "amount", "id")], postgreSQL: ["by_both"],
      sqlite: ["by_both gives the first key, and equal ones are sorted; no index has 'id'"]),
    .init("sort=random", [byMade], "sorted; the order is by chance"),
    .init(
      "sort=made_at,random", [byMade],
      "by_made gives the first key, and equal ones are sorted; the order is by chance"),
  ]

  private static let instant = Value.timestamp(Timestamp(microseconds: 1_701_000_000_000_000))

  static let places: [IndexCase] = [
    .init("sort=id", [byMade], "the primary key, range", place: [.integer(9)]),
    .init("sort=made_at", [byMade], "by_made, range", place: [instant, .integer(9)]),
    .init("sort=-made_at", [byMade], "by_made, range", place: [instant, .integer(9)]),
    .init("sort=made_at,-id", [byMade], "by_made, range", place: [instant, .integer(9)]),
    .init(
      "sort=made_at", [byCode], "no index; no index has 'made_at'", place: [instant, .integer(9)]),
    .init(
      "currency_eq=USD&sort=made_at", [byCurrency], "by_currency, range", place: [instant, .integer(9)]),
    .init(
      "sort=rank", [byRank], "no index; values and null of 'rank' follow the place, which are two ranges",
      place: [.integer(7), .integer(9)]),
    .init("sort=rank", [byRank], "by_rank, null test", place: [nil, .integer(9)]),
    .init("sort=-rank", [byRank], "by_rank, range", place: [.integer(7), .integer(9)]),
    .init(
      "sort=-rank", [byRank], "no index; values and null of 'rank' follow the place, which are two ranges",
      place: [nil, .integer(9)]),
    .init(
      "sort=label", [byLabel],
      postgreSQL: ["no index; by_label orders 'label' by another collation"], sqlite: ["by_label, range"],
      place: [.text("l7"), .integer(9)]),
    .init("sort=label", [byLabelBytes], "by_label, range", place: [.text("l7"), .integer(9)]),
    .init("sort=code", [byCode], "by_code, range", place: [.text("c7"), .integer(9)]),
    .init("sort=random", [byCode], "no index; the order is by chance", place: [.integer(9)]),
  ]
}
