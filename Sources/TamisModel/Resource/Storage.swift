/// How a value is stored in a column, where an engine offers a choice. A dialect has a default for each type.
public enum Storage: String, Hashable, Sendable, CaseIterable {
  /// The engine's own type for it (`numeric`, `timestamp`, `uuid`, `boolean`, `jsonb`).
  case native
  /// Microseconds of a timestamp, days of a date, a decimal times ten to its scale, 0 or 1 of a boolean.
  case integer
  /// `2024-01-15T10:30:45.123456Z` of a timestamp, `2024-01-15` of a date: right order as bytes.
  case fixedWidthText
  /// A decimal as sign, length and digits: right order as bytes, any size.
  case orderedText
  /// A UUID's canonical text, a boolean's `true` or `false`, JSON text.
  case text
  /// The sixteen bytes of a UUID.
  case bytes
}
