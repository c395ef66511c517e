/// How a resource is paged, with its bounds. Outside them a request is refused.
public enum Paging: Hashable, Sendable {
  /// `limit=20&offset=40`
  case limitOffset(defaultLimit: Int, maximumLimit: Int)
  /// `page=2`, `page[number]=2&page[size]=10`; the size is fixed when the maximum is nil.
  case pages(defaultSize: Int, maximumSize: Int?)
  /// `limit=25&next_page=…`, `page[size]=25&page[after]=…`: an opaque token, and a limit. Needs a
  /// `CursorKeyring`.
  case cursor(defaultLimit: Int, maximumLimit: Int)

  /// The size of a page when the request does not say.
  public var defaultLimit: Int {
    switch self {
    case .limitOffset(let defaultLimit, _), .pages(let defaultLimit, _), .cursor(let defaultLimit, _):
      defaultLimit
    }
  }
}

/// One key of a resource's default order: `.descending("created_at")`.
public struct SortOrder: Hashable, Sendable {
  public var field: String
  public var direction: SortKey.Direction

  public static func ascending(_ field: String) -> SortOrder {
    SortOrder(field: field, direction: .ascending)
  }
  public static func descending(_ field: String) -> SortOrder {
    SortOrder(field: field, direction: .descending)
  }
}
