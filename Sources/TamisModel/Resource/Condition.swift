/// A predicate that the resource's author writes: what a named parameter, a default or a scope stands for.
///
///     .any("schedule_items", .and(
///       .compare("starting_at", .lessOrEqual, .argument),
///       .or(.isNull("ending_before"), .compare("ending_before", .greater, .argument))))
public indirect enum Condition: Hashable, Sendable {
  public enum Operand: Hashable, Sendable {
    /// The value that the client or the server gave.
    case argument
    /// Text, read by the field's type.
    case literal(String)
    /// Another field of the same record or element.
    case field(String)
  }

  case always
  case never
  case allOf([Condition])
  case anyOf([Condition])
  case not(Condition)
  case compare(String, Comparison, Operand)
  case isIn(String, [String])
  /// The field is one of the values of a list that the client gave: `.isAmong("id")`.
  case isAmong(String)
  case isNull(String)
  case isNotNull(String)
  /// One element of the relation, or as many as are asked for, satisfies the inner condition, whose names are the
  /// element's fields; `a.b` names a relation of a relation's elements.
  case any(String, Condition, atLeast: Int = 1)

  public static func and(_ parts: Condition...) -> Condition { .allOf(parts) }
  public static func or(_ parts: Condition...) -> Condition { .anyOf(parts) }
}
