import TamisModel

/// One SQL engine, as a value of capabilities: how it spells what the emitter needs, and what it can hold.
///
/// Nothing asks for a dialect's name; a new engine is a new value in `Dialects/` and a line in `all`.
public final class SQLDialect: Sendable {
  /// As users write it: `postgresql`, `sqlite`. Also the key of `Field.storage(_:on:)`.
  public let name: String
  /// As diagnostics write it: `PostgreSQL`.
  public let displayName: String
  /// The oldest version that has all that statements use: `13`.
  public let oldestVersion: String
  /// How the project's own tests check its statements.
  public let checking: Checking
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
  /// What `=` between texts means where no collation is stated.
  package let equality: Equality
  package let nullPlacement: NullPlacement
  /// Whether `(a, b) > (x, y)` is what its expansion is, null included.
  package let comparesRows: Bool
  package let backslashes: Backslashes
  /// Around a text, to fold A–Z and nothing else.
  package let asciiFolding: Wrapping
  /// How parameters and columns of the engine's own types pass through integers and text.
  package let conversions: Conversions
  /// Of engines whose `json` is `functions`.
  package let jsonFunctions: JSONFunctions?
  /// Whether a subquery's own tables can be made from the row outside, which the random order needs.
  package let ranksRows: Bool
  package let subqueries: Subqueries
  /// Which comes first of `LIMIT` and `OFFSET`.
  package let pageOrder: PageOrder
  /// Nil where nothing is known of the engine's indexes: no advice is given there, and none is demanded.
  package let indexRules: IndexRules?
  /// Whether names that differ in case only, quoted too, are one.
  package let foldsNames: Bool
  /// After how many bytes names are cut, without an error; nil where they never are.
  package let nameCut: Int?
  /// Nil where no column holds a list of structs.
  package let structs: StructLists?

  package init(
    name: String, displayName: String, oldestVersion: String, checking: Checking = .run, bindingLimit: Int,
    placeholders: Placeholders, identifierQuote: UInt8,
    trueLiteral: String, falseLiteral: String, lists: Lists, nullOrder: NullOrder, byteCollation: String?,
    patterns: Patterns, prefixes: Prefixes, regex: RegexForm, positionFunction: String, json: JSONForm,
    schemas: Schemas, types: TypeNames, characterCode: String, castsParameters: Bool,
    equality: Equality = .bytes, nullPlacement: NullPlacement = .stated, comparesRows: Bool = true,
    backslashes: Backslashes = .plain, asciiFolding: Wrapping? = nil,
    conversions: Conversions = Conversions(),
    jsonFunctions: JSONFunctions? = nil, ranksRows: Bool = true, subqueries: Subqueries = .correlated,
    pageOrder: PageOrder = .limitFirst, indexRules: IndexRules? = nil, foldsNames: Bool = true,
    nameCut: Int? = nil, structs: StructLists? = nil
  ) {
    self.name = name
    self.displayName = displayName
    self.oldestVersion = oldestVersion
    self.checking = checking
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
    self.equality = equality
    self.nullPlacement = nullPlacement
    self.comparesRows = comparesRows
    self.backslashes = backslashes
    self.asciiFolding = asciiFolding ?? Wrapping("lower(", (byteCollation ?? "") + ")")
    self.conversions = conversions
    self.jsonFunctions = jsonFunctions
    self.ranksRows = ranksRows
    self.subqueries = subqueries
    self.pageOrder = pageOrder
    self.indexRules = indexRules
    self.foldsNames = foldsNames
    self.nameCut = nameCut
    self.structs = structs
  }

  public enum Checking: Hashable, Sendable {
    /// They run on the engine, and their rows are compared with those of the other engines.
    case run
    /// An independent parser of the dialect reads them; they do not run.
    case parsed
  }

  package enum PageOrder: Hashable, Sendable {
    case limitFirst
    case offsetFirst
  }

  package enum Placeholders: Hashable, Sendable {
    /// `$1`, `$2`.
    case dollar
    /// `?`; a binding that is used again is `?3`.
    case questionMark
    /// `?`, each its own: a binding that is used again is bound again.
    case positional
    /// `{p1:Int64}`, with the type that the binding has.
    case typed
    /// `:p1`.
    case named
  }

  /// What a backslash is inside a literal.
  package enum Backslashes: Hashable, Sendable {
    case plain
    /// An escape, in names too.
    case escapes
    case escapesInLiterals
    /// An escape or not, as the session says.
    case unknown
  }

  package enum Equality: Hashable, Sendable {
    case bytes
    /// Texts that differ in case, accents or trailing blanks may be equal. The plain comparison, which an index
    /// serves, finds at least the texts that are equal byte for byte, and one in the byte collation checks them.
    case folding
  }

  /// How an order says where null stands.
  package enum NullPlacement: Hashable, Sendable {
    /// `NULLS FIRST`, `NULLS LAST`.
    case stated
    /// A key before the key: `"a" IS NULL`.
    case tested
  }

  /// How a test of related rows sees the row that they are related to.
  package enum Subqueries: Hashable, Sendable {
    /// `EXISTS (SELECT 1 FROM … WHERE order_id = _r.id …)`.
    case correlated
    /// It does not, or only the one just outside: `id IN (SELECT order_id FROM …)`.
    case separate
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
    /// After everything else, in both directions.
    case last
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
    /// RE2, as a function of text and pattern.
    case linear(String)
  }

  package enum JSONForm: Hashable, Sendable {
    /// A binary type with `->`, `->>` and `@>`.
    case binary
    /// Text with `json_type`, `json_extract` and `json_each`.
    case text
    /// Text that the dialect's `jsonFunctions` read.
    case functions
  }

  package enum Schemas: Hashable, Sendable {
    /// `CREATE SCHEMA`.
    case created
    /// `CREATE DATABASE`, of the same server.
    case databases
    /// `ATTACH DATABASE`.
    case attached
  }

  /// Type names of columns. Nil where the engine has no type that holds every value exactly.
  package struct TypeNames: Hashable, Sendable {
    var text: String
    /// Of a text in a key, where that is another.
    var keyText: String?
    var integer: String
    var bytes: String
    var json: String
    var numeric: String?
    var boolean: String?
    var uuid: String?
    var date: String?
    var timestamp: String?
    /// An exact decimal of limited precision. Parameters take one digit more than their column.
    var fixedDecimal: FixedDecimal?
    /// Around the type of a column that may be null, where that is said.
    var nullable: Wrapping?
    /// At the end of a table's definition, instead of its primary key.
    var tableEnding: String?
  }

  /// The largest precision and scale of a column: `DECIMAL(64, 30)`.
  package struct FixedDecimal: Hashable, Sendable {
    var precision: Int
    var scale: Int
  }

  /// What stands before and after an expression: `CAST(`, ` AS SIGNED)`.
  package struct Wrapping: Hashable, Sendable {
    var opening: String
    var closing: String

    init(_ opening: String, _ closing: String) {
      self.opening = opening
      self.closing = closing
    }

    func around(_ expression: String) -> String { opening + expression + closing }
  }

  package struct Conversions: Sendable {
    /// Of a decimal's text, to so many digits and so many of them after the point.
    var decimal: @Sendable (_ precision: Int, _ scale: Int) -> Wrapping = { _, _ in Wrapping("", "") }
    /// Of microseconds since 1970, where parameters of instants are integers.
    var timestamp: Wrapping?
    /// Of days since 1970, where parameters of days are integers.
    var date: Wrapping?
    /// To microseconds since 1970.
    var readingTimestamp: Wrapping?
    /// To days since 1970.
    var readingDate: Wrapping?
    /// Of a page's size and offset.
    var rowCount: Wrapping?
    /// The first year of which instants and days can be parameters and columns, where the year 9999 is the last one;
    /// nil where there are others beyond.
    var firstYear: FirstYear?
  }
}

extension SQLDialect {
  /// Whether a column can hold a relation's elements as a list of structs: `Relation.inStructs(_:)`.
  public var hasStructLists: Bool { structs != nil }

  package enum FirstYear: Int, Hashable, Sendable {
    case one = 1
    case thousand = 1_000

    var daysSinceEpoch: Int64 {
      switch self {
      case .one: CalendarDate.minimumDays
      case .thousand: -354_285
      }
    }
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
  public static let all: [SQLDialect] = [
    .postgreSQL, .sqlite, .mariaDB, .duckDB, .clickHouse, .spark, .mySQL, .trino,
  ]

  /// A parameter by its number, inside an expression that is put together apart.
  func placeholder(_ number: Int, _ value: SQLBinding) -> String {
    switch placeholders {
    case .dollar: "$\(number)"
    case .questionMark: "?\(number)"
    case .positional: PositionalPlaceholders.marked(number)
    case .typed: Self.typed(number, Self.parameterType(value))
    case .named: ":p\(number)"
    }
  }

  private static func typed(_ number: Int, _ type: String) -> String { "{p\(number):\(type)}" }

  /// Decimals are text, which is then converted.
  private static func parameterType(_ binding: SQLBinding) -> String {
    switch binding {
    case .integer, .timestamp: "Int64"
    case .boolean: "Bool"
    case .date: "Date32"
    case .text, .decimal, .uuid, .bytes, .json, .null: "String"
    case .array(let items): "Array(\(items.first.map(parameterType) ?? "String"))"
    }
  }

  /// A parameter of an insertion, which may be null.
  func placeholder(_ number: Int, storing encoding: ColumnEncoding?) -> String {
    switch placeholders {
    case .dollar: "$\(number)"
    case .questionMark, .positional: "?"
    case .named: ":p\(number)"
    case .typed: Self.typed(number, "Nullable(\(Self.parameterType(encoding?.sample ?? .text(""))))")
    }
  }

  /// `SQLDialect.named("sqlite")`; nil when there is none of that name.
  public static func named(_ name: String) -> SQLDialect? {
    all.first { $0.name == name }
  }
}
