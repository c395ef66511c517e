public import TamisMemory
import TamisModel
public import TamisReport

extension CompiledQuery {
  /// The answer to a list request: its page of records in the form that the dialect's clients read, with links to
  /// the other pages.
  ///
  ///     let reader = SQLRowReader(query.query, dialect: .sqlite)
  ///     let rows = driverRows.prefix(query.query.page.limit).map { ResponseRow(reader.values(of: $0)) }
  ///     let facts = PageFacts(
  ///       request: queryString, address: "/balances", hasMore: driverRows.count > rows.count)
  ///     return query.answer(rows: rows, page: facts)
  ///
  /// - Parameters:
  ///   - rows: the page's records, without the one more that the statement asks for.
  ///   - page: what else is known; the count only matters where it is known.
  ///   - envelope: what stands around the records; the dialect's own by default.
  public func answer(
    rows: [ResponseRow], page: PageFacts, envelope: ResponseEnvelope? = nil
  ) -> HTTPAnswer {
    ListDocument(
      query, dialect: dialect, rows: rows, page: page, envelope: envelope ?? ResponseEnvelope(dialect),
      warnings: warnings
    ).answer
  }

  /// The same for records in memory.
  public func answer(
    records: [Record], page: PageFacts, envelope: ResponseEnvelope? = nil
  ) -> HTTPAnswer {
    answer(rows: ResponseRow.rows(records, for: query), page: page, envelope: envelope)
  }

  /// Links to the other pages, for an answer that you write yourself.
  public func links(_ page: PageFacts) -> PageLinks { PageLinks(query, dialect: dialect, page: page) }
}

extension PageFacts {
  /// Of a page that was read by a cursor: its neighbours' cursors become links, or `next_page`.
  public init<Element>(
    request: String, address: String = "", page: CursorPage<Element>, total: Int? = nil
  ) {
    self.init(
      request: request, address: address, hasMore: page.next != nil, total: total, nextCursor: page.next,
      previousCursor: page.previous)
  }
}
