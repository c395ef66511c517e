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
///
///     .ascending("expires_at", nulls: .first)
public struct SortOrder: Hashable, Sendable {
  /// Where the records stand whose field is null.
  public enum Nulls: String, Hashable, Sendable, CaseIterable {
    /// Null is larger than every value: last when ascending, first when descending. PostgreSQL's own order.
    case largest
    /// Null is smaller than every value: first when ascending, last when descending. The order of MySQL and SQLite.
    case smallest
    /// Before all values, whatever the direction.
    case first
    /// After all values, whatever the direction.
    case last

    package func placement(_ direction: SortKey.Direction) -> SortKey.NullPlacement {
      switch self {
      case .largest: direction == .ascending ? .last : .first
      case .smallest: direction == .ascending ? .first : .last
      case .first: .first
      case .last: .last
      }
    }
  }

  public var field: String
  public var direction: SortKey.Direction
  /// Of a nullable field; else without effect.
  public var nulls: Nulls

  public init(field: String, direction: SortKey.Direction, nulls: Nulls = .largest) {
    self.field = field
    self.direction = direction
    self.nulls = nulls
  }

  public static func ascending(_ field: String, nulls: Nulls = .largest) -> SortOrder {
    SortOrder(field: field, direction: .ascending, nulls: nulls)
  }
  public static func descending(_ field: String, nulls: Nulls = .largest) -> SortOrder {
    SortOrder(field: field, direction: .descending, nulls: nulls)
  }
}
