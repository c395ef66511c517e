import TamisModel

/// One line of a `RecordShape`: a field of the resource, and the property that holds it.
///
///     Bind("currency", \.currency)
///
/// A stored property of a struct is read where it stands; a computed one, or one of a class, is called for each row.
public struct Bind<Row>: Sendable {
  let binding: RowBinding<Row>

  /// Binds a field to a property.
  public init<Property: FieldRepresentable>(
    _ field: String, _ keyPath: any KeyPath<Row, Property> & Sendable
  ) {
    binding = RowBinding(field, Property.self) { encoder in
      if let offset = MemoryLayout<Row>.offset(of: keyPath) {
        return ColumnMaker.column(Property.self, offset: offset, encoder)
      }
      return ColumnMaker.column(KeyPathAccess(keyPath: keyPath), encoder)
    }
  }

  /// Binds a field to what a function gives for the row at a place: slower than a property, for what none holds.
  ///
  ///     Bind("full_name") { rows, index in rows[index].first + " " + rows[index].last }
  public init<Property: FieldRepresentable>(
    _ field: String, _ function: @escaping @Sendable (Span<Row>, Int) -> Property
  ) {
    binding = RowBinding(field, Property.self) { encoder in
      ColumnMaker.column(FunctionAccess(function: function), encoder)
    }
  }
}

/// A field that no property holds: a query that uses it is refused, and the shape has no fault for it.
///
///     Unbound("meta_data")
public struct Unbound: Sendable {
  let field: String

  public init(_ field: String) {
    self.field = field
  }
}

/// A relation whose elements are an array in the row; nil is an array of none.
///
///     BindMany("items", \.items) {
///       Bind("amount", \.amount)
///     }
public struct BindMany<Row>: Sendable {
  let binding: RowBinding<Row>

  public init<Element>(
    _ relation: String, _ keyPath: any KeyPath<Row, [Element]> & Sendable,
    @RecordShapeBuilder<Element> _ fields: () -> [RowBinding<Element>]
  ) {
    binding = RowBinding(relation, .many, fields()) {
      if let offset = MemoryLayout<Row>.offset(of: keyPath) {
        return ManyElements(access: StoredAccess<[Element]>(offset: offset))
      }
      return ManyElements(access: KeyPathAccess(keyPath: keyPath))
    }
  }

  public init<Element>(
    _ relation: String, _ keyPath: any KeyPath<Row, [Element]?> & Sendable,
    @RecordShapeBuilder<Element> _ fields: () -> [RowBinding<Element>]
  ) {
    binding = RowBinding(relation, .many, fields()) {
      if let offset = MemoryLayout<Row>.offset(of: keyPath) {
        return OptionalManyElements(access: StoredAccess<[Element]?>(offset: offset))
      }
      return OptionalManyElements(access: KeyPathAccess(keyPath: keyPath))
    }
  }
}

/// A relation to one element, which may be missing.
///
///     BindOne("owner", \.owner) {
///       Bind("name", \.name)
///     }
public struct BindOne<Row>: Sendable {
  let binding: RowBinding<Row>

  public init<Element>(
    _ relation: String, _ keyPath: any KeyPath<Row, Element> & Sendable,
    @RecordShapeBuilder<Element> _ fields: () -> [RowBinding<Element>]
  ) {
    binding = RowBinding(relation, .one, fields()) {
      if let offset = MemoryLayout<Row>.offset(of: keyPath) {
        return ExactlyOneElement(access: StoredAccess<Element>(offset: offset))
      }
      return ExactlyOneElement(access: KeyPathAccess(keyPath: keyPath))
    }
  }

  public init<Element>(
    _ relation: String, _ keyPath: any KeyPath<Row, Element?> & Sendable,
    @RecordShapeBuilder<Element> _ fields: () -> [RowBinding<Element>]
  ) {
    binding = RowBinding(relation, .one, fields()) {
      if let offset = MemoryLayout<Row>.offset(of: keyPath) {
        return OneElement(access: StoredAccess<Element?>(offset: offset))
      }
      return OneElement(access: KeyPathAccess(keyPath: keyPath))
    }
  }
}
