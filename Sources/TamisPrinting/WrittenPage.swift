import TamisModel
import TamisSyntax

/// A query's page as settings of the resource's kind of paging; none for the first page of the default size.
struct WrittenPage {
  private(set) var settings: [(kind: ParsedPageSetting.Kind, value: Int)] = []

  /// Nil for a page that the resource does not offer.
  init?(_ query: Query) {
    let page = query.page
    let paging = query.resource.paging
    switch paging {
    case .limitOffset:
      if page.limit != paging.defaultLimit { settings.append((.limit, page.limit)) }
      if page.offset != 0 { settings.append((.offset, page.offset)) }
    case .pages(_, let maximum):
      guard page.limit > 0, page.offset % page.limit == 0 else { return nil }
      if page.limit != paging.defaultLimit {
        guard maximum != nil else { return nil }
        settings.append((.size, page.limit))
      }
      if page.offset != 0 { settings.append((.number, page.offset / page.limit + 1)) }
    case .cursor:
      // The place of a page is a token, which only a server with its key can write.
      guard page.offset == 0, query.boundary == nil else { return nil }
      if page.limit != paging.defaultLimit { settings.append((.limit, page.limit)) }
    }
    guard page.limit >= 1, page.offset >= 0, page.limit <= Self.maximum(paging) else { return nil }
  }

  private static func maximum(_ paging: Paging) -> Int {
    switch paging {
    case .limitOffset(_, let maximum), .cursor(_, let maximum): maximum
    case .pages(let size, let maximum): maximum ?? size
    }
  }
}
