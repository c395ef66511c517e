/// How an engine holds lists of structs in a column.
package struct StructLists: Sendable {
  /// Around a condition of a list's structs, each with a name.
  package typealias Call = JSONFunctions.Arrays.Call

  /// The type of a list whose structs have these members, names quoted.
  var type: @Sendable (_ members: [(name: String, type: String)]) -> String
  /// A list of structs by their members' values, in the order of the type.
  var list: @Sendable (_ structs: [[String]]) -> String
  /// A member of a struct. Its name as it is.
  var member: @Sendable (_ element: String, _ name: String, _ dialect: SQLDialect) -> String
  var elements: Elements
  /// Whether a row with such lists is inserted by a SELECT: the parser of its VALUES does not read every expression.
  var isSelected = false

  package enum Elements: Sendable {
    /// As a table with the column `value`, in a subquery that sees the row outside.
    case rows(@Sendable (_ list: String) -> String)
    /// Functions of the list: whether a struct meets the condition, and how many do.
    case arrays(any: Call, count: Call)
  }
}
