/// What is put in the place of what.
enum Swaps {
  static let operators: [String: (Mutant.Kind, String)] = [
    "<": (.bound, "<="), "<=": (.bound, "<"), ">": (.bound, ">="), ">=": (.bound, ">"),
    "==": (.equality, "!="), "!=": (.equality, "=="), "===": (.equality, "!=="),
    "&&": (.connective, "||"), "||": (.connective, "&&"),
    "+": (.arithmetic, "-"), "-": (.arithmetic, "+"), "&+": (.arithmetic, "&-"), "&-": (.arithmetic, "&+"),
  ]

  /// Cases of enumerations whose names say that they are each other's opposites.
  static let choices: [String: String] = pairs([
    ("and", "or"), ("always", "never"), ("first", "last"), ("ascending", "descending"), ("up", "down"),
    ("equal", "notEqual"), ("less", "lessOrEqual"), ("greater", "greaterOrEqual"),
    ("smallest", "largest"), ("true", "false"), ("prefix", "suffix"), ("before", "after"),
    ("lower", "upper"), ("start", "end"),
  ])

  /// Pieces of SQL; of a text, the first one that it has is changed.
  static let pieces: [(String, String)] = [
    (" IS NOT NULL", " IS NULL"), (" IS NULL", " IS NOT NULL"), (" NULLS FIRST", " NULLS LAST"),
    (" NULLS LAST", " NULLS FIRST"), (" DESC", " ASC"), (" NOT LIKE ", " LIKE "), (" LIKE ", " NOT LIKE "),
    (" IN (", " NOT IN ("), ("EXISTS (", "NOT EXISTS ("), (" AND ", " OR "), (" OR ", " AND "),
    ("NOT ", ""), ("TRUE", "FALSE"), ("FALSE", "TRUE"), (" >= ", " > "), (" <= ", " < "), (" <> ", " = "),
    (" = ", " <> "), (" < ", " <= "), (" > ", " >= "),
  ]

  private static func pairs(_ list: [(String, String)]) -> [String: String] {
    var swaps: [String: String] = [:]
    for (left, right) in list {
      swaps[left] = right
      if !right.isEmpty { swaps[right] = left }
    }
    return swaps
  }
}
