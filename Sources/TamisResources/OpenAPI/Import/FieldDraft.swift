import TamisModel

/// A field in the making: its type first, then what the parameters allow.
struct FieldDraft {
  var name: String
  var type: FieldType
  var isNullable: Bool
  var path: [String]
  /// Text of which the document says no more.
  var isPlainText = false
  var operators = OperatorSet.none
  var isSortable = false
  var isPrimaryKey = false
  var isHidden = false
  /// Only a filter names it.
  var isMissingInAnswers = false

  /// A field of the record itself, or of an element.
  func field(ofElement: Bool = false) -> Field {
    var field = Field(name, type)
    field.recordPath = path
    field.isNullable = isNullable && !isPrimaryKey
    field.operators = operators
    field.isSortable = !ofElement && (isSortable || isPrimaryKey)
    field.isPrimaryKey = isPrimaryKey
    field.isHidden = isHidden
    field.isSelectedByDefault = !isHidden && !isMissingInAnswers
    if !ofElement, path.count > 1, let column = path.first {
      field.jsonLocation = Field.JSONLocation(column: column, path: Array(path.dropFirst()))
    }
    return field
  }
}

/// A relation in the making.
struct RelationDraft {
  var name: String
  var path: [String]
  var fields: [FieldDraft]

  var relation: Relation {
    let fields = self.fields.map { $0.field(ofElement: true) }
    var relation = Relation(name, .many) { return fields }
    relation.source = .nested(path: path)
    if let column = path.first {
      relation.location = .json(column: column, path: Array(path.dropFirst()))
    }
    return relation
  }
}
