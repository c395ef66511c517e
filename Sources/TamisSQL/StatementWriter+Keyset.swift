import TamisModel

/// One key of the order in which rows are read, and its value at the place to start from.
private struct KeysetTerm {
  /// Nil for the random rank.
  var subject: Subject?
  /// `.null` where the place has null.
  var value: SQLBinding
  var isNullable: Bool
  var isDescending: Bool
  var nullsFirst: Bool

  var isNull: Bool { value == .null }
  /// Null never follows, so that a plain comparison says everything.
  var isPlain: Bool { !isNull && (!isNullable || nullsFirst) }
  var comparison: Comparison { isDescending ? .less : .greater }
}

/// The rows beside a place: those that follow it in the order of reading.
extension StatementWriter {
  /// `("date", "id") > ($1, $2)` where all keys run one way and null can not follow; else, key by key,
  /// `"date" >= $1 AND ("date" > $1 OR "id" < $2)`, whose first term an index serves as well.
  mutating func writeBoundary(_ boundary: KeysetBoundary) throws(QueryError) {
    let terms = try keysetTerms(boundary)
    guard let first = terms.first else { return write(false) }
    if terms.count > 1, prepared.dialect.comparesRows,
      terms.allSatisfy({ $0.isPlain && $0.isDescending == first.isDescending })
    {
      try writeRowComparison(terms, first.comparison)
    } else {
      try writeFollowing(terms, 0)
    }
  }

  private func keysetTerms(_ boundary: KeysetBoundary) throws(QueryError) -> [KeysetTerm] {
    let keys = query.readingSort
    guard keys.count == boundary.values.count else {
      throw refusal("a page beside a place of another order", at: SourceSpan(0, 0))
    }
    var terms: [KeysetTerm] = []
    for (key, value) in zip(keys, boundary.values) {
      let field = try preparedField(key.field, at: SourceSpan(0, 0))
      terms.append(
        KeysetTerm(
          subject: qualifies ? field.qualified : field.plain, value: try field.stored.binding(value),
          isNullable: field.isNullable, isDescending: key.direction == .descending,
          nullsFirst: key.nulls == .first))
    }
    if let order = query.randomOrder {
      terms.insert(rankTerm(order, boundary), at: Swift.min(order.position, terms.count))
    }
    return terms
  }

  private func rankTerm(_ order: RandomOrder, _ boundary: KeysetBoundary) -> KeysetTerm {
    KeysetTerm(
      subject: nil, value: .integer(query.rank(of: boundary, order)), isNullable: false,
      isDescending: boundary.side == .before, nullsFirst: false)
  }

  private mutating func writeRowComparison(
    _ terms: [KeysetTerm], _ comparison: Comparison
  ) throws(QueryError) {
    write("(")
    for (index, term) in terms.enumerated() {
      if index > 0 { write(", ") }
      try writeKey(term)
    }
    write(")")
    write(comparison.spacedSymbol)
    write("(")
    for (index, term) in terms.enumerated() {
      if index > 0 { write(", ") }
      writeValue(term)
    }
    write(")")
  }

  /// Rows after the place by the keys from `index` on, among rows that are equal to it in the keys before.
  private mutating func writeFollowing(_ terms: [KeysetTerm], _ index: Int) throws(QueryError) {
    let term = terms[index]
    let isLast = index == terms.count - 1
    if term.isNull {
      try writeAfterNull(terms, index)
    } else if isLast {
      try writeAfter(term)
    } else if term.isPlain {
      // What is not less and not greater is equal; null is neither, and stays out.
      write("(")
      try writeKey(term)
      write(term.isDescending ? " <= " : " >= ")
      let number = writeValue(term)
      write(" AND (")
      try writeKey(term)
      write(term.comparison.spacedSymbol)
      writeAgain(number, term)
      write(" OR ")
      try writeFollowing(terms, index + 1)
      write("))")
    } else {
      write("(")
      let number = try writeComparison(term)
      write(" OR ")
      try writeNullTest(term)
      write(" OR (")
      try writeKey(term)
      write(" = ")
      writeAgain(number, term)
      write(" AND ")
      try writeFollowing(terms, index + 1)
      write("))")
    }
  }

  /// After null comes everything that is not, or nothing.
  private mutating func writeAfterNull(_ terms: [KeysetTerm], _ index: Int) throws(QueryError) {
    let term = terms[index]
    let isLast = index == terms.count - 1
    if isLast, !term.nullsFirst { return write(false) }
    write("(")
    try writeNullTest(term, isNegated: term.nullsFirst)
    if !isLast {
      write(term.nullsFirst ? " OR " : " AND ")
      try writeFollowing(terms, index + 1)
    }
    write(")")
  }

  private mutating func writeAfter(_ term: KeysetTerm) throws(QueryError) {
    guard !term.isPlain else {
      try writeComparison(term)
      return
    }
    write("(")
    try writeComparison(term)
    write(" OR ")
    try writeNullTest(term)
    write(")")
  }

  /// Gives the number of the value's placeholder.
  @discardableResult
  private mutating func writeComparison(_ term: KeysetTerm) throws(QueryError) -> Int {
    try writeKey(term)
    write(term.comparison.spacedSymbol)
    return writeValue(term)
  }

  private mutating func writeNullTest(_ term: KeysetTerm, isNegated: Bool = false) throws(QueryError) {
    try writeKey(term)
    write(isNegated ? " IS NOT NULL" : " IS NULL")
  }

  private mutating func writeKey(_ term: KeysetTerm) throws(QueryError) {
    guard let subject = term.subject else { return try writeRandomRank() }
    text.append(contentsOf: subject.expression)
    writeCollation(subject)
  }

  @discardableResult
  private mutating func writeValue(_ term: KeysetTerm) -> Int {
    if let subject = term.subject { text.append(contentsOf: subject.castOpening) }
    bind(term.value)
    writeCast(term)
    return bindings.count
  }

  private mutating func writeAgain(_ number: Int, _ term: KeysetTerm) {
    if let subject = term.subject { text.append(contentsOf: subject.castOpening) }
    writePlaceholder(number)
    writeCast(term)
  }

  private mutating func writeCast(_ term: KeysetTerm) {
    if let subject = term.subject { text.append(contentsOf: subject.cast) } else { writeIntegerCast() }
  }
}
