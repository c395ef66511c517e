import TamisModel

/// In which order the declared indexes have a text column, on an engine that has several: equality means the same in
/// each of them, and so does a prefix by bytes, but an index serves only what is written for its order.
enum IndexedText: Hashable, Sendable {
  /// By none, or by one in the column's own order, which serves equality as it stands.
  case unindexed
  /// By bytes only: equality states the collation, so that one index serves it beside ranges, prefixes and the order.
  case byBytes
  /// In the order of `text_pattern_ops`: prefixes are written with its operators.
  case byPattern

  init(_ resource: Resource, _ id: FieldID, _ dialect: SQLDialect) {
    guard let rules = dialect.indexRules, dialect.byteCollation != nil else {
      self = .unindexed
      return
    }
    let field = resource.field(id)
    let relation = resource.relationIndex(of: id).map { resource.relationName($0) }
    let keys = resource.indexes.filter { $0.relation == relation }.flatMap(\.keys)
    let orders = Set(keys.filter { $0.column == .field(field.name) && $0.form != .folded }.map(\.textOrder))
    if orders.contains(.pattern), !orders.contains(.bytes), !field.hasByteCollation, rules.patternClass != nil
    {
      self = .byPattern
    } else {
      self = orders == [.bytes] && !field.hasByteCollation ? .byBytes : .unindexed
    }
  }
}
