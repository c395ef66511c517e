import TamisModel
import TamisSQL
import Testing

enum Refusals {
  /// Why a dialect has no statement for a filter; nil when it has one.
  static func problem(
    _ resource: Resource, _ predicate: Predicate, _ dialect: SQLDialect
  ) throws -> Problem? {
    let query = try #require(Query(resource, where: predicate))
    do throws(QueryError) {
      _ = try SQLEmitter(resource: resource, dialect: dialect).statement(for: query)
      return nil
    } catch {
      return error.diagnostics.first?.problem
    }
  }
}
