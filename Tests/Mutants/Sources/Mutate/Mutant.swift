/// One fault that can be switched on.
struct Mutant: Codable {
  enum Kind: String, Codable {
    /// `<` for `<=`, and the like.
    case bound
    /// `==` for `!=`.
    case equality
    /// `&&` for `||`.
    case connective
    /// `+` for `-`.
    case arithmetic
    /// `true` for `false`.
    case truth
    /// A condition without its `!`, or with one.
    case negation
    /// One more.
    case number
    /// Another case of an enumeration: `.last` for `.first`.
    case choice
    /// Another piece of SQL: ` OR ` for ` AND `.
    case text
  }

  /// What switches it on.
  var number: Int
  var kind: Kind
  var file: String
  /// The function or property that it is in.
  var place: String
  var line: Int
  var original: String
  var replacement: String
}
