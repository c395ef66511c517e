import TamisModel

/// Writes one statement: text into one buffer, bindings beside it.
struct StatementWriter: ~Copyable {
  let prepared: PreparedResource
  let query: Query
  /// Columns carry the table's alias.
  let qualifies: Bool
  var text: SQLText
  var bindings: [SQLBinding] = []
  /// Where the bindings came from; nil once one came from elsewhere, or when nobody asks.
  var slots: [BindingSlot]?
  /// The place of the node that is being written.
  var current = 0
  /// Aliases of nested `json_each` in use.
  var depth = 0

  init(_ prepared: PreparedResource, _ query: Query, _ text: consuming SQLText, recordsSlots: Bool) {
    slots = recordsSlots ? [] : nil
    self.prepared = prepared
    self.query = query
    self.text = text
    qualifies = prepared.alwaysQualifies || Self.refersToElements(query)
    bindings.reserveCapacity(query.operands.count + query.nodeCount + 2)
  }

  /// Bytes that nearly every statement fits into.
  static func estimate(_ prepared: PreparedResource, _ query: Query) -> Int {
    prepared.defaultQualifiedHead.count + 96 * (query.nodeCount + 3)
  }

  private static func refersToElements(_ query: Query) -> Bool {
    for index in 0..<query.nodeCount {
      switch query.node(index).kind {
      case .any, .jsonContains: return true
      case .and, .or, .not, .always, .never, .compare, .compareFields, .within, .member, .pattern, .isNull,
        .matches:
        continue
      }
    }
    return false
  }

  mutating func writeHead() {
    if prepared.hasKeyColumns { return writeHeadWithKeys() }
    if query.hasDefaultSelection {
      text.append(contentsOf: qualifies ? prepared.defaultQualifiedHead : prepared.defaultHead)
      return
    }
    let columns = PreparedResource.columns(query.selection, prepared.resource)
    text.append(contentsOf: PreparedResource.head(columns, prepared.fields, qualifies: qualifies))
    text.append(contentsOf: qualifies ? prepared.qualifiedSource : prepared.source)
  }

  private mutating func writeHeadWithKeys() {
    let columns = PreparedResource.columns(query.selection, prepared.resource)
    text.append(contentsOf: PreparedResource.head(columns, prepared.fields, qualifies: qualifies))
    for (index, key) in query.sort.enumerated() where prepared.fields.indices.contains(key.field.index) {
      let field = prepared.fields[key.field.index]
      write(", ")
      text.append(contentsOf: qualifies ? field.qualifiedKey : field.plainKey)
      write(" AS _k")
      text.append(number: index)
    }
    text.append(contentsOf: qualifies ? prepared.qualifiedSource : prepared.source)
  }

  mutating func writeCountHead() {
    write("SELECT count(*)")
    text.append(contentsOf: qualifies ? prepared.qualifiedSource : prepared.source)
  }

  mutating func writeFilter() throws(QueryError) {
    guard query.nodeCount > 0, query.node(0).kind != .always else { return }
    write(" WHERE ")
    try writePredicate(0, isNegated: false, within: nil)
  }

  /// The filter, and the page's boundary.
  mutating func writePageFilter() throws(QueryError) {
    guard let boundary = query.boundary else { return try writeFilter() }
    write(" WHERE ")
    if let root = query.nodes.first, root.kind != .always {
      try writePredicate(0, isNegated: false, within: .and)
      write(" AND ")
    }
    try writeBoundary(boundary)
  }

  mutating func writeOrder() throws(QueryError) {
    if query.randomOrder != nil || query.boundary?.side == .before { return try writeReadingOrder() }
    if query.hasDefaultSort, let order = qualifies ? prepared.defaultQualifiedOrder : prepared.defaultOrder {
      return text.append(contentsOf: order)
    }
    let keys = query.sort
    if let order = PreparedResource.order(keys, prepared.fields, prepared.dialect, qualifies: qualifies) {
      return text.append(contentsOf: order)
    }
    for key in keys { _ = try preparedField(key.field, at: SourceSpan(0, 0)) }
  }

  /// The order in which rows are read, key by key.
  private mutating func writeReadingOrder() throws(QueryError) {
    var separator: StaticString = " ORDER BY "
    let keys = query.readingSort
    let position = query.randomOrder.map { Swift.min($0.position, keys.count) }
    for (index, key) in keys.enumerated() {
      if position == index { try writeRankOrder(&separator) }
      _ = try preparedField(key.field, at: SourceSpan(0, 0))
      write(separator)
      text.append(
        contentsOf: PreparedResource.orderEntry(
          key, prepared.fields, prepared.dialect, qualifies: qualifies) ?? [])
      separator = ", "
    }
    if position == keys.count { try writeRankOrder(&separator) }
  }

  private mutating func writeRankOrder(_ separator: inout StaticString) throws(QueryError) {
    write(separator)
    try writeRandomRank()
    if query.boundary?.side == .before { write(" DESC") }
    separator = ", "
  }

  mutating func writePage() throws(QueryError) {
    switch prepared.dialect.pageOrder {
    case .limitFirst:
      try writeRowCount(" LIMIT ", .rowLimit)
      try writeRowCount(" OFFSET ", .offset)
    case .offsetFirst:
      try writeRowCount(" OFFSET ", .offset)
      try writeRowCount(" LIMIT ", .rowLimit)
    }
  }

  private mutating func writeRowCount(
    _ word: StaticString, _ source: BindingSlot.Source
  ) throws(QueryError) {
    write(word)
    guard let wrapping = prepared.dialect.conversions.rowCount else { return try bind(source) }
    writePrepared(wrapping.opening)
    try bind(source)
    writePrepared(wrapping.closing)
  }

  consuming func finished() throws(QueryError) -> WrittenText {
    guard bindings.count <= prepared.dialect.bindingLimit else {
      throw Self.excess(query, prepared.dialect)
    }
    return WrittenText(count: text.count, bindings: bindings, slots: slots)
  }

  /// Too many bindings, said at the clause with the most operands.
  static func excess(_ query: Query, _ dialect: SQLDialect) -> QueryError {
    let widest = query.nodes.max { $0.operandCount < $1.operandCount }.map(query.span) ?? SourceSpan(0, 0)
    return QueryError(
      Diagnostic(.tooManyBindings(limit: dialect.bindingLimit, engine: dialect.displayName), widest))
  }
}

extension StatementWriter {
  /// The emitter's own words; nothing that came from anywhere else.
  mutating func write(_ literal: StaticString) {
    text.append(literal)
  }

  /// Text that the dialect or the prepared resource owns.
  mutating func writePrepared(_ part: String) {
    text.append(part)
  }

  /// A placeholder for the value of a slot of the current node.
  mutating func bind(
    _ source: BindingSlot.Source, _ subject: Subject? = nil, offset: Int = 0,
    rounding: ScaledInteger.Rounding = .exact
  ) throws(QueryError) {
    _ = try added(
      BindingSlot(
        source: source, rounding: rounding, node: UInt32(clamping: current), offset: UInt32(clamping: offset),
        subject: subject))
    writeLastPlaceholder()
  }

  /// A placeholder for a value that only this query has.
  mutating func bind(_ binding: consuming SQLBinding) {
    slots = nil
    bindings.append(binding)
    writeLastPlaceholder()
  }

  private mutating func writeLastPlaceholder() {
    switch prepared.dialect.placeholders {
    case .dollar, .positional, .typed, .named: writePlaceholder(bindings.count)
    case .questionMark: text.append(UInt8(ascii: "?"))
    }
  }

  /// A placeholder by its number, for a binding that occurs more than once.
  mutating func writePlaceholder(_ number: Int) {
    switch prepared.dialect.placeholders {
    case .dollar: text.append(UInt8(ascii: "$"))
    case .questionMark: text.append(UInt8(ascii: "?"))
    case .positional: text.append(PositionalPlaceholders.mark)
    case .named: text.append(":p")
    case .typed: return writePrepared(placeholder(number))
    }
    text.append(number: number)
  }

  /// A number that belongs to the query's shape.
  mutating func write(number: Int) { text.append(number: number) }

  /// The same inside an expression that is put together apart.
  func placeholder(_ number: Int) -> String {
    prepared.dialect.placeholder(number, bindings.indices.contains(number - 1) ? bindings[number - 1] : .null)
  }

  mutating func writeCollation(_ subject: Subject) {
    guard subject.needsCollation, let collation = prepared.dialect.byteCollation else { return }
    writePrepared(collation)
  }

  mutating func write(_ flag: Bool) {
    writePrepared(flag ? prepared.dialect.trueLiteral : prepared.dialect.falseLiteral)
  }

  func preparedField(_ id: FieldID, at span: SourceSpan) throws(QueryError) -> PreparedField {
    guard prepared.fields.indices.contains(id.index) else {
      throw refusal("a field of another resource", at: span)
    }
    let field = prepared.fields[id.index]
    if let failure = field.failure { throw refusal(failure, at: span) }
    return field
  }

  func refusal(_ feature: String, at span: SourceSpan) -> QueryError {
    QueryError(Diagnostic(.notOnEngine(feature: feature, engine: prepared.dialect.displayName), span))
  }

  func refusal(_ feature: String, _ node: PredicateNode) -> QueryError {
    refusal(feature, at: query.span(of: node))
  }
}
