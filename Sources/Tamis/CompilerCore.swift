import TamisModel
import TamisPlanner
import TamisSQL
import TamisSyntax

/// What a compiler and its queries share: made once, passed by reference.
final class CompilerCore: Sendable {
  let planner: Planner
  let emitters: [SQLEmitter]
  /// What every request asks of the resource, at hand.
  let dialect: QueryDialect
  let limits: QueryLimits
  let readsGroups: Bool
  /// Names of a body's members that the resource reads itself.
  let ownMembers: [String]
  /// Nil under the strict policy.
  let compatibility: Compatibility?

  init(planner: Planner, emitters: [SQLEmitter]) {
    dialect = planner.resource.dialect
    limits = planner.resource.limits
    readsGroups = planner.resource.readsGroups
    compatibility = planner.compatibility
    ownMembers = Parser.ownMembers(planner.resource)
    self.planner = planner
    self.emitters = emitters
  }

  func statement(for query: Query, _ dialect: SQLDialect) throws(QueryError) -> SQLStatement {
    for index in emitters.indices where emitters[index].writes(dialect) {
      return try emitters[index].statement(for: query)
    }
    return try emitter(dialect).statement(for: query)
  }

  /// The emitter of an engine; one made for this call where the compiler was not made for the engine.
  func emitter(_ dialect: SQLDialect) -> SQLEmitter {
    for index in emitters.indices where emitters[index].writes(dialect) { return emitters[index] }
    return SQLEmitter(resource: planner.resource, dialect: dialect, cachedShapes: 0)
  }
}
