import TamisModel

/// What a condition asks of one column, in the form in which it is emitted.
struct ColumnTest: Sendable {
  var field: FieldID
  /// Of the text in lower case.
  var isFolded = false
  var access: IndexAdvice.Access
  /// Nil where texts have one order, it is no text, or the order says nothing: a null test.
  var collation: TextCollation?
  /// A prefix, written for the order of `text_pattern_ops`.
  var isByPattern = false

  /// Whether an index can be entered with it at a column.
  func fits(_ key: SortedIndex.Key) -> Bool {
    guard key.field == field else { return false }
    switch access {
    case .null, .present: return !key.isFolded && !isFolded
    case .equality, .list: return key.isFolded == isFolded && isSameCollation(key)
    case .range, .prefix, .outside:
      if isByPattern { return key.isPattern }
      return key.isFolded == isFolded && isSameCollation(key) && !key.isPattern
    }
  }

  private func isSameCollation(_ key: SortedIndex.Key) -> Bool {
    guard let collation, let other = key.collation else { return true }
    return collation == other
  }

  /// Whether later columns of an index are in order among the rows that it selects.
  func holds(_ rules: IndexRules) -> Bool {
    switch access {
    case .equality: true
    case .null: rules.nullTestHolds
    case .list, .range, .prefix, .present, .outside: false
    }
  }

  /// Whether the next column of an index can be entered, too.
  var leadsOn: Bool {
    switch access {
    case .equality, .list, .null: true
    case .range, .prefix, .present, .outside: false
    }
  }
}

/// What a condition is to an index.
enum IndexReading: Sendable {
  /// All of them hold.
  case tests([ColumnTest])
  /// The members of an OR, by their nodes, all negated or none.
  case alternatives([Int], isNegated: Bool)
  case elements(Int)
  case constant
  case none(IndexObstacle)
}
