/// One column of an index. A text literal is a field in ascending order.
public struct IndexKey: Hashable, Sendable, ExpressibleByStringLiteral {
  public enum Column: Hashable, Sendable {
    /// A field of the record, or of the relation's element.
    case field(String)
    /// The column that leads from a relation's table, or from its pivot, to the record.
    case foreignKey
    /// The column that leads from a pivot to the element.
    case targetKey
  }

  /// What of the field the index holds.
  public enum Form: String, Hashable, Sendable, CaseIterable {
    /// The column.
    case value
    /// Of a field inside a JSON column: the expression that statements read it by. `SQLTable.indexStatements` has it.
    case expression
    /// Of a text: itself with A to Z as a to z, which is what comparisons that ignore case read.
    case folded
  }

  /// How the index orders texts, where the engine has several orders. Without effect for what is stored otherwise.
  public enum TextOrder: String, Hashable, Sendable, CaseIterable {
    /// As the column does.
    case column
    /// By bytes: PostgreSQL's `COLLATE "C"`.
    case bytes
    /// PostgreSQL's `text_pattern_ops`.
    case pattern
  }

  public var column: Column
  public var direction: SortKey.Direction
  /// Where null stands; nil for where the engine puts it by itself. SQLite has no choice, and nothing is said there.
  public var nulls: SortKey.NullPlacement?
  public var form = Form.value
  public var textOrder = TextOrder.column

  public init(
    _ column: Column, _ direction: SortKey.Direction = .ascending, nulls: SortKey.NullPlacement? = nil
  ) {
    self.column = column
    self.direction = direction
    self.nulls = nulls
  }

  public init(stringLiteral field: String) { self.init(.field(field)) }

  public static func ascending(_ field: String, nulls: SortKey.NullPlacement? = nil) -> IndexKey {
    IndexKey(.field(field), .ascending, nulls: nulls)
  }
  public static func descending(_ field: String, nulls: SortKey.NullPlacement? = nil) -> IndexKey {
    IndexKey(.field(field), .descending, nulls: nulls)
  }
  public static let foreignKey = IndexKey(.foreignKey)
  public static let targetKey = IndexKey(.targetKey)

  private func with(_ change: (inout IndexKey) -> Void) -> IndexKey {
    var copy = self
    change(&copy)
    return copy
  }

  /// Ordered by bytes whatever the column says: `COLLATE "C"`.
  public func byteOrdered() -> IndexKey { with { $0.textOrder = .bytes } }
  /// With the operator class `text_pattern_ops`.
  public func patternOrdered() -> IndexKey { with { $0.textOrder = .pattern } }
  /// Over the expression of a field inside a JSON column.
  public func expression() -> IndexKey { with { $0.form = .expression } }
  /// Over the text in lower case, for comparisons that ignore case.
  public func folded() -> IndexKey { with { $0.form = .folded } }
}
