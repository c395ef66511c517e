import TamisModel

/// A line of a `RecordShape`, not yet looked up in its resource.
public struct RowBinding<Row>: Sendable {
  let content: RowBindingContent

  init(_ content: RowBindingContent) {
    self.content = content
  }

  init<Property: FieldRepresentable>(
    _ field: String, _ type: Property.Type,
    _ column: @escaping @Sendable (CellEncoder) -> any BoundColumn
  ) {
    content = .field(
      FieldBinding(
        name: field, typeName: String(describing: Property.self), isOptional: Property.isOptional,
        represents: { Property.represents($0) }, column: column))
  }

  init<Element>(
    _ relation: String, _ cardinality: Relation.Cardinality, _ bindings: [RowBinding<Element>],
    _ elements: () -> any BoundRelation
  ) {
    content = .relation(
      RelationBinding(
        name: relation, cardinality: cardinality, typeName: String(describing: Element.self),
        relation: elements(), bindings: bindings.map(\.content)))
  }
}

/// The same whatever the row's type.
indirect enum RowBindingContent: Sendable {
  case field(FieldBinding)
  case relation(RelationBinding)
  case unbound(String)
}

struct FieldBinding: Sendable {
  var name: String
  var typeName: String
  var isOptional: Bool
  var represents: @Sendable (FieldType) -> Bool
  var column: @Sendable (CellEncoder) -> any BoundColumn
}

struct RelationBinding: Sendable {
  var name: String
  var cardinality: Relation.Cardinality
  var typeName: String
  var relation: any BoundRelation
  var bindings: [RowBindingContent]
}

/// Lets a shape read like a table: one line a field or relation.
@resultBuilder
public enum RecordShapeBuilder<Row> {
  public static func buildExpression(_ bind: Bind<Row>) -> [RowBinding<Row>] { [bind.binding] }
  public static func buildExpression(_ bind: BindMany<Row>) -> [RowBinding<Row>] { [bind.binding] }
  public static func buildExpression(_ bind: BindOne<Row>) -> [RowBinding<Row>] { [bind.binding] }
  public static func buildExpression(_ unbound: Unbound) -> [RowBinding<Row>] {
    [RowBinding(.unbound(unbound.field))]
  }
  public static func buildExpression(_ bindings: [RowBinding<Row>]) -> [RowBinding<Row>] { bindings }
  public static func buildBlock(_ parts: [RowBinding<Row>]...) -> [RowBinding<Row>] { parts.flatMap { $0 } }
  public static func buildArray(_ parts: [[RowBinding<Row>]]) -> [RowBinding<Row>] { parts.flatMap { $0 } }
  public static func buildOptional(_ part: [RowBinding<Row>]?) -> [RowBinding<Row>] { part ?? [] }
  public static func buildEither(first: [RowBinding<Row>]) -> [RowBinding<Row>] { first }
  public static func buildEither(second: [RowBinding<Row>]) -> [RowBinding<Row>] { second }
}
