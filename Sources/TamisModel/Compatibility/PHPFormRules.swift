/// How a PHP server turns a query string into a tree of names and values: `a[b][]=1` is one value under two keys.
public struct PHPFormRules: Hashable, Sendable {
  /// What becomes of the part of a name before its first bracket.
  public enum RootNames: Hashable, Sendable {
    /// PHP: leading blanks are dropped, blanks and dots become `_`, and a NUL ends the name: `a.b=1` is `a_b`.
    case mangled
    /// API Platform reads the query string itself, so that these names stay as they are: `a.b=1` is `a.b`. Only one
    /// with an unmatched bracket does not come back from its disguise: `z[g=1` is `7a_g`.
    case kept
  }

  public var rootNames: RootNames
  /// PHP: max_input_vars. Pairs after that many have no effect.
  public var variables: Int
  /// PHP: max_input_nesting_level. A name with more brackets takes everything under its first part with it.
  public var levels: Int

  public init(rootNames: RootNames = .mangled, variables: Int = 1_000, levels: Int = 64) {
    self.rootNames = rootNames
    self.variables = variables
    self.levels = levels
  }
}
