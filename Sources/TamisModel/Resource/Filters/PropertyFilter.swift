/// A filter that is declared for properties: it looks for their names among all parameters of a request, as those do
/// that API Platform attaches to a class. Its public names are what clients write.
///
///     PropertyFilter.date("createdAt", "updatedAt")                  // createdAt[after]=2024-01-02
///     PropertyFilter.range("amount")                                 // amount[between]=-600..500
///     PropertyFilter.search("name", "owner.name", by: .partial)      // owner.name=ann
///     PropertyFilter.order("happenedAt")                             // order[happenedAt]=asc
public struct PropertyFilter: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// `p[before]`, `p[strictly_before]`, `p[after]`, `p[strictly_after]`.
    case date(DateNullStrategy)
    /// `p[gt]`, `p[gte]`, `p[lt]`, `p[lte]`, `p[between]=1..9`.
    case range
    /// `p=5`, `p[]=5&p[]=7`.
    case numeric
    /// `p=true`, `p=0`.
    case boolean
    /// `p=Topup`, `p[]=Topup&p[]=Expired`.
    case enumeration
    /// `p=text`, `p[]=one&p[]=other`.
    case search(SearchStrategy)
    /// `exists[p]=true`.
    case exists
    /// `order[p]=desc`; an empty value means `emptyDirection`, and nothing where that is nil. Without `nulls` the
    /// rule of the whole resource holds.
    case order(nulls: SortOrder.Nulls?, emptyDirection: SortKey.Direction?)
  }

  public var kind: Kind
  /// Empty for every field of the record that the filter suits.
  public var properties: [FilterProperty]

  public init(_ kind: Kind, _ properties: [FilterProperty]) {
    self.kind = kind
    self.properties = properties
  }

  public static func date(
    _ properties: FilterProperty..., nulls: DateNullStrategy = .none
  ) -> PropertyFilter {
    PropertyFilter(.date(nulls), properties)
  }

  public static func range(_ properties: FilterProperty...) -> PropertyFilter {
    PropertyFilter(.range, properties)
  }

  public static func numeric(_ properties: FilterProperty...) -> PropertyFilter {
    PropertyFilter(.numeric, properties)
  }

  public static func boolean(_ properties: FilterProperty...) -> PropertyFilter {
    PropertyFilter(.boolean, properties)
  }

  public static func enumeration(_ properties: FilterProperty...) -> PropertyFilter {
    PropertyFilter(.enumeration, properties)
  }

  public static func search(
    _ properties: FilterProperty..., by strategy: SearchStrategy = .exact
  ) -> PropertyFilter {
    PropertyFilter(.search(strategy), properties)
  }

  public static func exists(_ properties: FilterProperty...) -> PropertyFilter {
    PropertyFilter(.exists, properties)
  }

  public static func order(
    _ properties: FilterProperty..., nulls: SortOrder.Nulls? = nil,
    emptyDirection: SortKey.Direction? = nil
  ) -> PropertyFilter {
    PropertyFilter(.order(nulls: nulls, emptyDirection: emptyDirection), properties)
  }
}
