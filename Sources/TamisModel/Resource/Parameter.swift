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
    /// A list of values, an array in a body and separated by commas in a query string; the condition names the field
    /// that is one of them with `.isAmong`. An empty list is given all the same: nothing is among its values.
    case list(FieldType, Condition)
    /// A list of these names; a record satisfies the condition of one of them. An empty list selects nothing.
    case choices([Choice])
    /// An array of objects with these members: `"filters": [{"ids": […]}, {"balance_types": […]}]`. A record satisfies
    /// one of the objects, and of it every member. An empty array says nothing. Of bodies only.
    case objects([Parameter])
    /// An object of texts under the client's own keys: the document in this JSON field has each of them, with this
    /// text: `"custom_fields": {"campaign": "free-trial"}`. Of bodies only.
    case entries(String)
    /// `true` adds these fields, which are selected on request only, to the answer; the records are the same.
    case selecting([String])
    /// Read and checked, but without effect on the records or the answer.
    case ignored(FieldType)
  }

  /// Parameters that can not be given beside this one.
  public struct Exclusion: Hashable, Sendable {
    public var others: [String]
    /// Only with this choice of the parameter, its default included; nil with any value.
    public var choice: String?

    public init(_ others: [String], choice: String? = nil) {
      self.others = others
      self.choice = choice
    }
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
  /// What can not be given beside it.
  public var exclusions: [Exclusion] = []
  /// Of a parameter that has no default of its own: what its absence means; nil where it says nothing.
  public var absentCondition: Condition?

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
  /// Refused together with any of the others: `.excluding("starting_at")`.
  public func excluding(_ others: String...) -> Parameter {
    with { $0.exclusions.append(Exclusion(others)) }
  }
  /// Refused together with any of the others when it is this choice, given or by default.
  public func excluding(_ others: String..., choice: String) -> Parameter {
    with { $0.exclusions.append(Exclusion(others, choice: choice)) }
  }
  /// What its absence means: `.whenAbsent(.compare("currency", .equal, .literal("USD")))`.
  public func whenAbsent(_ condition: Condition) -> Parameter { with { $0.absentCondition = condition } }
}

/// A condition that the server adds around every query, with a value that only the server supplies: a tenant, a
/// row permission. No query can widen it.
public struct Scope: Hashable, Sendable {
  public var name: String
  public var type: FieldType
  public var condition: Condition
  /// Text of the type, where the value is always the same and nobody supplies it.
  public var fixedValue: String?

  public init(_ name: String, _ type: FieldType, _ condition: Condition) {
    self.name = name
    self.type = type
    self.condition = condition
  }

  /// A condition that every record of the list satisfies, whoever asks: `Scope("credits", .isIn("type", ["CREDIT"]))`.
  public init(_ name: String, _ condition: Condition) {
    self.init(name, .boolean, condition)
    fixedValue = "true"
  }
}
