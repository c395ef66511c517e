/// A parameter with a name of its own that stands for a condition: `covering_date=…`, `include_archived=true`,
/// `filter[trashed]=with`.
public struct Parameter: Hashable, Sendable {
  public enum Meaning: Hashable, Sendable {
    /// The condition holds for the value given; absent, it says nothing.
    case value(FieldType, Condition)
    /// The value is one of these names; each stands for a condition. Absent, `defaultChoice` applies, and nothing
    /// where that is nil.
    case choice([Choice], defaultChoice: String?)
    /// `true` or `false`, each standing for a condition.
    case flag(whenTrue: Condition, whenFalse: Condition, defaultValue: Bool)
    /// Read and checked, but without effect on the records (`include_ledgers` shapes the answer only).
    case ignored(FieldType)
  }

  public struct Choice: Hashable, Sendable {
    public var name: String
    public var condition: Condition

    public init(_ name: String, _ condition: Condition) {
      self.name = name
      self.condition = condition
    }
  }

  public var name: String
  public var meaning: Meaning
  public var isRequired = false
  /// A timestamp must be a full RFC 3339 instant with an offset, and is compared as one.
  public var needsInstant = false
  /// Choices match in any ASCII case.
  public var matchesAnyCase = false
  /// `true` asks for the number of all records beside the page: `Query.wantsCount`.
  public var asksForCount = false

  public init(_ name: String, _ meaning: Meaning) {
    self.name = name
    self.meaning = meaning
  }

  private func with(_ change: (inout Parameter) -> Void) -> Parameter {
    var copy = self
    change(&copy)
    return copy
  }

  public func required() -> Parameter { with { $0.isRequired = true } }
  public func instant() -> Parameter { with { $0.needsInstant = true } }
  /// Of a parameter with `.ignored(.boolean)`: `include_count=true`.
  public func askingForCount() -> Parameter { with { $0.asksForCount = true } }
  public func anyCase() -> Parameter { with { $0.matchesAnyCase = true } }
}

/// A condition that the server adds around every query, with a value that only the server supplies: a tenant, a
/// row permission. No query can widen it.
public struct Scope: Hashable, Sendable {
  public var name: String
  public var type: FieldType
  public var condition: Condition

  public init(_ name: String, _ type: FieldType, _ condition: Condition) {
    self.name = name
    self.type = type
    self.condition = condition
  }
}
