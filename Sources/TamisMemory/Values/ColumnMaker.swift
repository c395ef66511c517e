import TamisModel

/// Chooses how a property's values are tested.
enum ColumnMaker {
  /// Of values that stand `offset` bytes after the rows' addresses.
  static func column<Property: FieldRepresentable>(
    _ type: Property.Type, offset: Int, _ encoder: CellEncoder
  ) -> any BoundColumn {
    let fieldType = encoder.decoder.field.type
    if let column = numbers(type, offset: offset, fieldType) ?? texts(type, offset: offset, fieldType) {
      return column
    }
    return EncodedColumn<Property>(offset: offset, encoder: encoder)
  }

  /// Of values that a row gives.
  static func column<Access: PropertyAccess>(
    _ access: Access, _ encoder: CellEncoder
  ) -> any BoundColumn where Access.Value: FieldRepresentable {
    ProjectedColumn(access: access, column: column(Access.Value.self, offset: 0, encoder))
  }

  private static func numbers(
    _ type: any FieldRepresentable.Type, offset: Int, _ fieldType: FieldType
  ) -> (any BoundColumn)? {
    let wrapped = (type as? any OptionalProperty.Type)?.wrapped
    return ((wrapped ?? type) as? any NumberProperty.Type)?
      .column(offset: offset, isOptional: wrapped != nil, fieldType)
  }

  private static func texts(
    _ type: any FieldRepresentable.Type, offset: Int, _ fieldType: FieldType
  ) -> (any BoundColumn)? {
    guard fieldType == .text else { return nil }
    if type == String.self { return TextColumn(offset: offset, isOptional: false) }
    return type == String?.self ? TextColumn(offset: offset, isOptional: true) : nil
  }
}

/// Tells an optional from its type alone.
private protocol OptionalProperty {
  static var wrapped: any FieldRepresentable.Type { get }
}

extension Optional: OptionalProperty where Wrapped: FieldRepresentable {
  static var wrapped: any FieldRepresentable.Type { Wrapped.self }
}
