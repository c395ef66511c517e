/// What is particular to a server with declared filters (API Platform): the names of its parameters, and how far
/// clients may choose their pages. The filters themselves are the resource's, and hold under both policies.
///
///     Compatibility("API Platform", .declaredFilters(DeclaredFilterRules()))
public struct DeclaredFilterRules: Hashable, Sendable {
  /// How the query string becomes names and values.
  public var form = PHPFormRules(rootNames: .kept)
  /// `order[happenedAt]=asc`.
  public var orderParameter = "order"
  /// `exists[expiresAt]=true`.
  public var existsParameter = "exists"
  public var pageParameter = "page"
  public var sizeParameter = "itemsPerPage"
  public var pagingParameter = "pagination"
  public var partialParameter = "partial"
  /// Whether `itemsPerPage` has an effect; the greatest size is that of the resource's paging.
  public var clientChoosesSize = false
  /// Whether `pagination` has an effect: without pages, all records are given.
  public var clientSwitchesPaging = false
  /// Whether `partial` has an effect: a partial page does not say how many records there are.
  public var clientAsksForPartial = false
  /// Whether there are pages unless the client says otherwise.
  public var isPaged = true
  /// Where null stands in an order that does not say: as the real server's database has it.
  public var nulls = SortOrder.Nulls.smallest
  /// Whether a name that nothing declares is refused rather than ignored.
  public var refusesUnknownParameters = false

  public init() {}
}
