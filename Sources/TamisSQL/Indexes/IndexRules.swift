/// What an engine's sorted indexes do, where engines differ.
package struct IndexRules: Hashable, Sendable {
  /// Where null stands can be declared, and an index gives an order only with null in its place, even where no value
  /// is null. Else null is the smallest value of every index.
  var declaresNulls: Bool
  /// `IS NULL` holds a column to one value, so that an order goes on with the column after it.
  var nullTestHolds: Bool
  /// `IN` with one item is an equality.
  var loneItemHolds: Bool
  /// A column that is held to a value is no part of the order wherever it stands in the index; else only among the
  /// leading columns.
  var skipsHeldColumns: Bool
  /// An expression that is held to a value is known to be no part of an order any more, as a column is.
  var knowsHeldExpressions: Bool
  /// Every index ends with the row's number, which an integer primary key is.
  var endsWithRowNumber: Bool
  /// Where null stands elsewhere in the index, its rows are read apart, for the first column that is not held.
  var readsNullsApart: Bool
  /// What follows a column's name for the text order of `LIKE`; nil where there is none.
  var patternClass: String?
}
