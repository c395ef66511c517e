/// A part of a resource's table.
public enum ResourceElement: Hashable, Sendable {
  case field(Field)
  case relation(Relation)
  case parameter(Parameter)
  case scope(Scope)
  case filter(PropertyFilter)
  case filterParameter(FilterParameter)
  case virtual(VirtualField)
  case index(Index)
}

/// Lets a resource read like a table: one line a field, relation, parameter, scope, filter or index.
@resultBuilder
public enum ResourceBuilder {
  public static func buildExpression(_ field: Field) -> [ResourceElement] { [.field(field)] }
  public static func buildExpression(_ fields: [Field]) -> [ResourceElement] { fields.map { .field($0) } }
  public static func buildExpression(_ relation: Relation) -> [ResourceElement] { [.relation(relation)] }
  public static func buildExpression(_ parameter: Parameter) -> [ResourceElement] { [.parameter(parameter)] }
  public static func buildExpression(_ scope: Scope) -> [ResourceElement] { [.scope(scope)] }
  public static func buildExpression(_ filter: PropertyFilter) -> [ResourceElement] { [.filter(filter)] }
  public static func buildExpression(_ filter: FilterParameter) -> [ResourceElement] {
    [.filterParameter(filter)]
  }
  public static func buildExpression(_ field: VirtualField) -> [ResourceElement] { [.virtual(field)] }
  public static func buildExpression(_ index: Index) -> [ResourceElement] { [.index(index)] }
  public static func buildExpression(_ elements: [ResourceElement]) -> [ResourceElement] { elements }
  public static func buildBlock(_ parts: [ResourceElement]...) -> [ResourceElement] { parts.flatMap { $0 } }
  public static func buildArray(_ parts: [[ResourceElement]]) -> [ResourceElement] { parts.flatMap { $0 } }
  public static func buildOptional(_ part: [ResourceElement]?) -> [ResourceElement] { part ?? [] }
  public static func buildEither(first: [ResourceElement]) -> [ResourceElement] { first }
  public static func buildEither(second: [ResourceElement]) -> [ResourceElement] { second }
}
