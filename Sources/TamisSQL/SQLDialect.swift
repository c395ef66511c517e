/// One SQL engine, as a value of capabilities: how it spells what the emitter needs, and what it can hold.
///
/// Nothing asks for a dialect's name; a new engine is a new value in `Dialects/` and a line in `all`.
public final class SQLDialect: Sendable {
  /// As users write it: `postgresql`, `sqlite`. Also the key of `Field.storage(_:on:)`.
  public let name: String
  /// As diagnostics write it: `PostgreSQL`.
  public let displayName: String
  /// Bindings that one statement may have.
  public let bindingLimit: Int
  package let placeholders: Placeholders
  package let identifierQuote: UInt8
  package let trueLiteral: String
  package let falseLiteral: String
  package let lists: Lists
  /// Where null stands in an order that does not say.
  package let nullOrder: NullOrder
  /// What makes a comparison of texts byte-wise; nil where it is so by default.
  package let byteCollation: String?
  package let patterns: Patterns
  package let prefixes: Prefixes
  package let regex: RegexForm
  /// The function that gives the place of a text in another, byte for byte: `strpos(text, part)`.
  package let positionFunction: String
  package let json: JSONForm
  package let schemas: Schemas
  package let types: TypeNames
  /// The code point of the first character of the text `t`.
  package let characterCode: String
  /// Whether `$1::bigint` is written where the column's own type would narrow the parameter.
  package let castsParameters: Bool

  package init(
    name: String, displayName: String, bindingLimit: Int, placeholders: Placeholders, identifierQuote: UInt8,
    trueLiteral: String, falseLiteral: String, lists: Lists, nullOrder: NullOrder, byteCollation: String?,
    patterns: Patterns, prefixes: Prefixes, regex: RegexForm, positionFunction: String, json: JSONForm,
    schemas: Schemas, types: TypeNames, characterCode: String, castsParameters: Bool
  ) {
    self.name = name
    self.displayName = displayName
    self.bindingLimit = bindingLimit
    self.placeholders = placeholders
    self.identifierQuote = identifierQuote
    self.trueLiteral = trueLiteral
    self.falseLiteral = falseLiteral
    self.lists = lists
    self.nullOrder = nullOrder
    self.byteCollation = byteCollation
    self.patterns = patterns
    self.prefixes = prefixes
    self.regex = regex
    self.positionFunction = positionFunction
    self.json = json
    self.schemas = schemas
    self.types = types
    self.characterCode = characterCode
    self.castsParameters = castsParameters
  }

  package enum Placeholders: Hashable, Sendable {
    /// `$1`, `$2`.
    case dollar
    /// `?`; a binding that is used again is `?3`.
    case questionMark
  }

  package enum Lists: Hashable, Sendable {
    /// One array binding: `= ANY ($1)`.
    case array
    /// `IN (?, ?, ?, ?)`, padded to a power of two.
    case padded
  }

  package enum NullOrder: Hashable, Sendable {
    case largest
    case smallest
  }

  /// The exact, case-sensitive form of a pattern with wildcards.
  package enum Patterns: Hashable, Sendable {
    /// `LIKE $1 ESCAPE '!'`.
    case like
    /// `GLOB ?`: `*`, `?`, and `[…]` for their literals.
    case glob
  }

  /// What bounds a prefix from above that no text follows: U+10FFFF, repeated.
  package enum Prefixes: Hashable, Sendable {
    /// A blob is larger than every text.
    case blobAboveText
    /// There is no such value, and the query is refused.
    case unbounded
  }

  /// How a regular expression runs.
  package enum RegexForm: Hashable, Sendable {
    /// It does not.
    case none
    /// A function of two arguments, pattern and text, that the server registers: PCRE2 itself.
    case function(String)
    /// The engine's own, to which the portable subset is translated: `text ~ $1`.
    case advancedExpressions
  }

  package enum JSONForm: Hashable, Sendable {
    /// A binary type with `->`, `->>` and `@>`.
    case binary
    /// Text with `json_type`, `json_extract` and `json_each`.
    case text
  }

  package enum Schemas: Hashable, Sendable {
    /// `CREATE SCHEMA`.
    case created
    /// `ATTACH DATABASE`.
    case attached
  }

  /// Type names of columns. Nil where the engine has no type that holds every value exactly.
  package struct TypeNames: Hashable, Sendable {
    var text: String
    var integer: String
    var bytes: String
    var json: String
    var numeric: String?
    var boolean: String?
    var uuid: String?
    var date: String?
    var timestamp: String?
  }
}

// A class, because every statement refers to it: a reference is passed where a struct of names would be copied.
extension SQLDialect: Hashable {
  public static func == (left: SQLDialect, right: SQLDialect) -> Bool {
    left === right || left.name == right.name
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension SQLDialect {
  /// Every dialect, in the order in which they are listed to users.
  public static let all: [SQLDialect] = [.postgreSQL, .sqlite]

  /// `SQLDialect.named("sqlite")`; nil when there is none of that name.
  public static func named(_ name: String) -> SQLDialect? {
    all.first { $0.name == name }
  }
}
