/// One field of a resource, or of a relation's elements.
///
///     Field("created_at", .timestamp).sortable()
///     Field("month_to_date_balance", .decimal(precision: 8, scale: 2)).column("balance")
public struct Field: Hashable, Sendable {
  /// Where a value stands inside a JSON column.
  public struct JSONLocation: Hashable, Sendable {
    public var column: String
    public var path: [String]

    public init(column: String, path: [String]) {
      self.column = column
      self.path = path
    }
  }

  /// Which keys a client may use inside a JSON field.
  public enum KeyRule: Hashable, Sendable {
    /// None: the document is compared as a whole, or not at all.
    case none
    /// One or more levels of names: a letter, then letters, digits, `_`; at most `levels` of them.
    case identifiers(levels: Int)
  }

  /// What clients write.
  public var name: String
  public var type: FieldType
  /// The SQL column.
  public var columnName: String
  /// Where the value stands in a JSON record.
  public var recordPath: [String]
  public var jsonLocation: JSONLocation?
  public var isNullable = false
  public var isPrimaryKey = false
  public var isSortable = false
  /// Whether clients may name the field at all; conditions of the resource always may.
  public var isHidden = false
  /// Whether the field is in the answer when nothing is selected.
  public var isSelectedByDefault = true
  public var operators: OperatorSet
  /// Storage by SQL dialect name (`"sqlite"`), where it is not the dialect's default.
  public var storageOverrides: [String: Storage] = [:]
  /// The column already has a byte-wise collation, so ranges and orders need not state one.
  public var hasByteCollation = false
  public var keyRule = KeyRule.none
  /// A PCRE2 pattern that the whole of every value matches; nil where any text is a value.
  public var valuePattern: String?

  /// A field whose column and record member have its name, with every operator that suits its type.
  public init(_ name: String, _ type: FieldType) {
    self.name = name
    self.type = type
    columnName = name
    recordPath = [name]
    operators = .all(for: type).subtracting(.nullTests)
  }

  /// The enumeration of an enumeration field.
  public var enumeration: Enumeration? {
    switch type {
    case .enumeration(let enumeration): enumeration
    case .text, .integer, .bigInteger, .decimal, .boolean, .uuid, .date, .timestamp, .json: nil
    }
  }
}

extension Field {
  private func with(_ change: (inout Field) -> Void) -> Field {
    var copy = self
    change(&copy)
    return copy
  }

  /// The SQL column, where it differs from the public name.
  public func column(_ name: String) -> Field { with { $0.columnName = name } }
  /// The path of the value in a JSON record: `.at("contract", "id")`.
  public func at(_ path: String...) -> Field { with { $0.recordPath = path } }
  /// The value stands inside a JSON column.
  public func inJSON(_ column: String, _ path: String...) -> Field {
    with { $0.jsonLocation = JSONLocation(column: column, path: path) }
  }
  /// The value may be null or missing; the null tests become available.
  public func nullable() -> Field {
    with {
      $0.isNullable = true
      $0.operators = $0.operators.union(.nullTests)
    }
  }
  public func primaryKey() -> Field {
    with {
      $0.isPrimaryKey = true
      $0.isSortable = true
    }
  }
  public func sortable() -> Field { with { $0.isSortable = true } }
  /// Only these operators, given one by one.
  public func operators(_ allowed: OperatorSet) -> Field { with { $0.operators = allowed } }
  /// Clients may match the text, or the texts inside a JSON field, against regular expressions:
  /// `indicator_matches=^sav`. Off unless it is said, because a pattern costs what the client makes it cost.
  public func matchable() -> Field { with { $0.operators = $0.operators.union(.regex) } }
  /// Every value of this text field is matched by the PCRE2 pattern, from its first byte to its last:
  /// `.valuePattern("bal_[0-9a-f-]+")`. An operand of `eq`, `ne`, `in` or `notin` that no value can equal is then
  /// refused with its place. The pattern is compiled at start-up; one that is invalid is a fault of the resource.
  public func valuePattern(_ pattern: String) -> Field { with { $0.valuePattern = pattern } }
  /// No operator: the field can be selected and perhaps sorted by, not filtered.
  public func notFilterable() -> Field { with { $0.operators = .none } }
  /// Not for clients: neither filtered, sorted nor selected; the resource's own conditions may use it.
  public func hidden() -> Field {
    with {
      $0.isHidden = true
      $0.isSelectedByDefault = false
    }
  }
  /// In the answer only when it is asked for by name.
  public func selectedOnRequest() -> Field { with { $0.isSelectedByDefault = false } }
  /// The storage on one SQL dialect: `.storage(.orderedText, on: "sqlite")`.
  public func storage(_ storage: Storage, on dialect: String) -> Field {
    with { $0.storageOverrides[dialect] = storage }
  }
  public func byteCollated() -> Field { with { $0.hasByteCollation = true } }
  /// Clients may compare keys of this JSON field: `meta_data.tier_eq=gold`.
  public func openKeys(levels: Int = 1) -> Field {
    with { $0.keyRule = .identifiers(levels: levels) }
  }
}
