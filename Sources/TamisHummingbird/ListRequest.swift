#if Hummingbird
  import Hummingbird
  import Logging
  public import Tamis

  /// A list request that was understood: its statements, and its answer once they have been run.
  public struct ListRequest: Sendable {
    public let query: CompiledQuery
    private let endpoint: ListEndpoint
    private let path: String
    private let bytes: [UInt8]
    private let logger: Logger

    init(query: CompiledQuery, endpoint: ListEndpoint, path: String, bytes: [UInt8], logger: Logger) {
      self.query = query
      self.endpoint = endpoint
      self.path = path
      self.bytes = bytes
      self.logger = logger
    }

    /// Whether the client asks for the number of all records.
    public var wantsCount: Bool { query.query.wantsCount }

    /// The statement that gives the page's records and one more, if there is one.
    ///
    /// - Throws: `RefusedRequest` when the engine can not do what is asked.
    public func statement(for dialect: SQLDialect) throws -> SQLStatement {
      try refusing { () throws(QueryError) in try query.statement(for: dialect) }
    }

    /// The statement that counts all records of the filter, whatever the page.
    public func countStatement(for dialect: SQLDialect) throws -> SQLStatement {
      try refusing { () throws(QueryError) in try query.countStatement(for: dialect) }
    }

    /// The page in the endpoint's form, with links or a cursor to its neighbours.
    ///
    /// - Parameters:
    ///   - rows: every row of the statement, the extra one included, its columns as the driver gave them: each the
    ///     binding that it is closest to, text where the driver gives text.
    ///   - elements: for each row the elements of the relations that the client asks for, by name, where
    ///     `query.query.inclusion` is not empty.
    ///   - total: the number of all records, where it was counted.
    public func answer(
      _ rows: [[SQLBinding]], from dialect: SQLDialect, elements: [[String: [[Value?]]]] = [],
      total: Int? = nil
    ) throws -> HTTPAnswer {
      let page = try page(rows, dialect)
      let reader = SQLRowReader(query.query, dialect: dialect)
      let shown = page.places.map { place in
        ResponseRow(
          reader.values(of: rows[place]), elements: elements.indices.contains(place) ? elements[place] : [:])
      }
      var facts = PageFacts(
        request: "", address: path, hasMore: page.hasMore, total: total, nextCursor: page.next,
        previousCursor: page.previous)
      facts.request = bytes
      return query.answer(rows: shown, page: facts, envelope: endpoint.envelope)
    }

    /// The rows of the page, in its order.
    private typealias Page = (places: [Int], hasMore: Bool, next: String?, previous: String?)

    private func page(_ rows: [[SQLBinding]], _ dialect: SQLDialect) throws -> Page {
      guard case .cursor = endpoint.compiler.resource.paging else {
        let limit = query.query.page.limit
        return (Array(rows.indices.prefix(limit)), rows.count > limit, nil, nil)
      }
      do {
        let page = try query.page(Array(rows.indices), from: dialect) { place, column in
          column < rows[place].count ? rows[place][column] : .null
        }
        return (page.records, page.next != nil, page.next, page.previous)
      } catch let error as QueryError {
        throw endpoint.refusal(error, bytes: bytes, logger: logger)
      }
    }

    private func refusing<Result>(_ body: () throws(QueryError) -> Result) throws -> Result {
      do throws(QueryError) {
        return try body()
      } catch {
        throw endpoint.refusal(error, bytes: bytes, logger: logger)
      }
    }
  }
#endif
