@_exported public import TamisMemory
public import TamisModel
import TamisPlanner
import TamisPrinting
@_exported public import TamisReport
public import TamisSQL

/// A request that was understood: run it as SQL, or over records in memory.
public struct CompiledQuery: Sendable {
  let planned: PlannedQuery
  private let core: CompilerCore
  /// How the request was spelled.
  public let dialect: QueryDialect

  init(planned: PlannedQuery, core: CompilerCore, dialect: QueryDialect) {
    self.planned = planned
    self.core = core
    self.dialect = dialect
  }

  var cursors: CursorKeyring? { core.planner.cursors }
  /// Whether the compiler was made with keys for cursors.
  package var hasCursorKey: Bool { cursors != nil }

  /// What the request means, in normal form.
  public var query: Query { planned.query }
  /// The same before normalisation: NOT stands where it was written.
  public var typed: Query { planned.typed }
  /// What has no effect, where the policy allows it.
  public var warnings: [Diagnostic] { planned.warnings }

  /// The same, with these related records in its answer: `Inclusion("themes", where: …)` shows some of them. Nil as of
  /// `Query.including(_:)`.
  public func including(_ inclusions: [Inclusion]) -> CompiledQuery? {
    query.including(inclusions).map {
      CompiledQuery(planned: planned.with($0), core: core, dialect: dialect)
    }
  }

  // MARK: Spelling

  /// The same request in another query dialect, in canonical form: `currency_eq=USD` in `.jsonAPI` is
  /// `filter[currency]=USD`.
  ///
  /// - Throws: what the dialect has no way to say, with the span of the clause.
  public func text(in dialect: QueryDialect) throws(QueryError) -> String {
    do {
      return try query.text(in: dialect)
    } catch {
      throw error.naming(planned.query, isBody: self.dialect == .body)
    }
  }

  // MARK: SQL

  /// The statement that gives the page's records and one more, if there is one.
  ///
  /// - Throws: what the engine can not do, with the span of the clause.
  public func statement(for dialect: SQLDialect) throws(QueryError) -> SQLStatement {
    try naming { () throws(QueryError) in try core.statement(for: planned.query, dialect) }
  }

  /// The statement that counts all records of the filter, whatever the page.
  public func countStatement(for dialect: SQLDialect) throws(QueryError) -> SQLStatement {
    try naming { () throws(QueryError) in try emitter(dialect).countStatement(for: planned.query) }
  }

  /// What is refused after planning names its parameter as well as its span.
  @inline(__always)
  private func naming<Result>(_ body: () throws(QueryError) -> Result) throws(QueryError) -> Result {
    do {
      return try body()
    } catch {
      throw error.naming(planned.query, isBody: dialect == .body)
    }
  }

  func emitter(_ dialect: SQLDialect) -> SQLEmitter { core.emitter(dialect) }

  // MARK: In memory

  /// The filter alone, for records in memory.
  public func predicate() -> RecordSetPredicate { RecordSetPredicate(planned.query) }

  /// Filters, orders and pages: the places of the page's records, and whether more follow.
  ///
  /// - Throws: `limit.match-steps` where a regular expression takes too many steps on a record. No other operator
  ///   can fail.
  public func select(from records: RecordSet) throws(QueryError) -> RecordSelection {
    try RecordSelection.select(planned.query, from: records)
  }

  /// The same over records that stand in an array.
  public func select(from records: [Record]) throws(QueryError) -> RecordSelection {
    try RecordSelection.select(planned.query, from: records)
  }

  // MARK: Over values of the program's own types

  /// The filter alone, for values of a Swift type.
  ///
  /// - Throws: what the request uses that the shape does not bind, with its span in the request.
  public func predicate<Row>(for shape: RecordShape<Row>) throws(QueryError) -> RecordPredicate<Row> {
    try naming { () throws(QueryError) in try RecordPredicate(planned.query, shape) }
  }

  /// The order alone, for values of a Swift type.
  public func ordering<Row>(for shape: RecordShape<Row>) throws(QueryError) -> RecordOrdering<Row> {
    try naming { () throws(QueryError) in try RecordOrdering(planned.query, shape) }
  }

  /// Filters, orders and pages values of a Swift type: the page's rows, and whether more follow.
  ///
  ///     let page = try compiler.compile("currency_eq=USD&limit=20").select(from: balances, as: shape)
  public func select<Row>(
    from rows: [Row], as shape: RecordShape<Row>
  ) throws(QueryError) -> RecordPage<Row> {
    try naming { () throws(QueryError) in try RecordPage.select(planned.query, from: rows, shape) }
  }
}
