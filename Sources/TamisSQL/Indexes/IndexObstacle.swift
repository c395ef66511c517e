/// Why an index does not serve a condition, or an order.
public enum IndexObstacle: Hashable, Sendable {
  /// No index has the field.
  case noIndex(field: String)
  /// The columns before it are not held to values.
  case notLeading(field: String, index: String)
  /// The index orders texts in another way than the statement compares them.
  case otherCollation(field: String, index: String)
  /// `ne`, `notin`, and whatever else leaves records out.
  case negation
  /// `%abc`: it may begin with anything.
  case openStart
  /// `a%c`: wildcards inside, which only a plan that knows the value can make a range of.
  case wildcards
  case regularExpression
  /// Letters match in any case, and no index has the field folded.
  case ignoresCase(field: String)
  /// A key inside a JSON document that the client chose.
  case clientKey(field: String)
  /// A declared place inside a JSON document, of which no index has the expression.
  case insideDocument(field: String)
  /// Containment, or a comparison of whole documents.
  case document(field: String)
  /// Two fields of the record with one another.
  case twoFields
  /// The column is compared as something that is computed from it.
  case computed(field: String)
  /// An alternative that no index serves makes the whole table be read.
  case alternative
  /// No index of the relation's table begins with its foreign key.
  case noElementIndex(relation: String)
  /// The elements stand inside the record's document, and are read one by one.
  case elementsInDocument(relation: String)
  /// Values and null follow the place of the page: two ranges of the index.
  case twoRanges(field: String)
  case randomOrder
  /// The index has the key in the other direction than the keys before.
  case direction(field: String, index: String)
  /// The filter holds the expression of the field to a value, and the engine sorts by it all the same.
  case heldExpression(field: String)
  /// The index has null at the other end.
  case nullPlacement(field: String, index: String)

  /// In one English sentence without a full stop.
  public var message: String {
    switch self {
    case .noIndex(let field): "no index has '\(field)'"
    case .notLeading(let field, let index):
      "'\(field)' stands in \(index) behind columns that are not held to a value"
    case .otherCollation(let field, let index): "\(index) orders '\(field)' by another collation"
    case .negation: "what it leaves out is not a range of an index"
    case .openStart: "the text may begin with anything"
    case .wildcards: "a pattern with wildcards inside is tested text by text"
    case .regularExpression: "a regular expression is tested text by text"
    case .ignoresCase(let field): "it ignores case, and no index has '\(field)' folded"
    case .clientKey(let field): "a key inside '\(field)' that the client chose"
    case .insideDocument(let field):
      "'\(field)' stands inside a JSON column, and no index has its expression"
    case .document(let field): "'\(field)' is a document, which has no order"
    case .twoFields: "two fields are compared with one another"
    case .computed(let field): "the comparison of '\(field)' is computed for each record"
    case .alternative: "an alternative is not served, so that everything is read"
    case .noElementIndex(let relation): "no index of the table of '\(relation)' begins with its foreign key"
    case .elementsInDocument(let relation): "the elements of '\(relation)' stand inside the record"
    case .twoRanges(let field): "values and null of '\(field)' follow the place, which are two ranges"
    case .randomOrder: "the order is by chance"
    case .direction(let field, let index): "\(index) has '\(field)' in the other direction"
    case .heldExpression(let field):
      "'\(field)' is held to a value as an expression, and sorted by all the same"
    case .nullPlacement(let field, let index): "\(index) has null at the other end of '\(field)'"
    }
  }
}
