/// What a date filter does with records that have no date.
public enum DateNullStrategy: String, Hashable, Sendable, CaseIterable {
  /// A comparison leaves them out.
  case none
  /// They are left out as soon as the property is given, even where no operator can be read.
  case exclude = "exclude_null"
  /// `before` and `strictly_before` take them in; the others leave them out.
  case includeBefore = "include_null_before"
  /// `after` and `strictly_after` take them in; the others leave them out.
  case includeAfter = "include_null_after"
  /// Every operator takes them in.
  case includeBeforeAndAfter = "include_null_before_and_after"
  // API Platform: what any text does that is none of its strategies.
  /// Each operator that can be read leaves them out.
  case excludeEach = "exclude_null_each"
}
