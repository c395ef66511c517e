import TamisModel

/// One line of a `RecordShape`: a field of the resource, and the property that holds it.
///
///     Bind("currency", \.currency)
///
/// A stored property of a struct is read where it stands; a computed one, or one of a class, is called for each row.
public struct Bind<Row>: Sendable {
  let binding: RowBinding<Row>

  /// Binds a field to a property.
  @inlinable
  public init<Property: FieldRepresentable>(
    _ field: String, _ keyPath: any KeyPath<Row, Property> & Sendable
  ) {
    self.init(
      field, offset: MemoryLayout<Row>.offset(of: keyPath),
      gather: { rows, places in places.map { rows[$0][keyPath: keyPath] } },
      get: { rows, place in rows[place][keyPath: keyPath] })
  }

  /// Binds a field to what a function gives for the row at a place, for what no property holds. A function of the row
  /// itself would have it copied for each call, with all its strings.
  ///
  ///     Bind("full_name") { rows, index in rows[index].first + " " + rows[index].last }
  @inlinable
  public init<Property: FieldRepresentable>(
    _ field: String, _ function: @escaping @Sendable (Span<Row>, Int) -> Property
  ) {
    self.init(
      field, offset: nil, gather: { rows, places in places.map { function(rows, $0) } }, get: function)
  }

  /// `gather` is a loop that is compiled where the types are known.
  @usableFromInline
  init<Property: FieldRepresentable>(
    _ field: String, offset: Int?, gather: @escaping @Sendable (Span<Row>, [Int]) -> [Property],
    get: @escaping @Sendable (Span<Row>, Int) -> Property
  ) {
    binding = RowBinding(field, Property.self) { encoder in
      if let offset { return ColumnMaker.column(Property.self, offset: offset, encoder) }
      return ColumnMaker.column(GatheredAccess(gather: gather, get: get), encoder)
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
      return ManyElements(access: GatheredAccess(keyPath))
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
      return OptionalManyElements(access: GatheredAccess(keyPath))
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
      return ExactlyOneElement(access: GatheredAccess(keyPath))
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
      return OneElement(access: GatheredAccess(keyPath))
    }
  }
}
