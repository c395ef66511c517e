/// What one request may cost. Each limit is enforced where the thing is counted, and has a diagnostic of its own.
///
/// The defaults are generous for people and small for machines; a resource may lower or raise each.
public struct QueryLimits: Hashable, Sendable {
  /// Bytes of a query string.
  public var queryBytes = 65_536
  /// Bytes of a JSON body.
  public var bodyBytes = 1_048_576
  /// `name=value` pairs of a query string.
  public var parameters = 256
  /// Criteria of the filter.
  public var clauses = 128
  /// Nesting of brackets in a name, of groups, and of JSON.
  public var depth = 16
  /// Items of one list operand.
  public var listItems = 1_000
  /// Bytes of one decoded value.
  public var valueBytes = 8_192
  /// Bytes of one text pattern.
  public var patternBytes = 1_024
  /// Digits of a number after its exponent is expanded.
  public var digits = 1_000
  /// Diagnostics that are reported before the rest is counted only.
  public var diagnostics = 32

  public init() {}
}
