import TamisModel

/// A column, as an engine describes it, with the type that a field of it has.
struct ColumnFacts {
  /// The table's name, as SQL writes it.
  var table: String
  var name: String
  /// As the engine spells it: `numeric(10,2)`.
  var declaredType: String
  var meaning: ColumnMeaning
  var isNullable: Bool
  /// Equality and order are those of bytes on request (`plain`), always (`bytes`), or never (`folded`).
  var collation = ColumnCollation.plain
  var notes: [String] = []
}

enum ColumnCollation {
  /// Equality is of bytes; an order is, where the statement says so.
  case plain
  /// Everything is of bytes already.
  case bytes
  /// Texts that differ are equal, so that no filter can be exact.
  case folded
}

/// What a column can be to a resource.
enum ColumnMeaning {
  case field(FieldType, storage: Storage?)
  /// Readable, but its comparisons are not those of the type.
  case shownOnly(FieldType, reason: String)
  case unsupported(reason: String)
}

/// A foreign key of one column.
struct ForeignKeyFacts {
  /// The table that holds the key, and the one that it names.
  var table: String
  var column: String
  var otherTable: String
  var otherColumn: String
}

/// What an engine says of a table and of those that foreign keys join to it.
struct TableFacts {
  var table: String
  var engine: String
  var columns: [ColumnFacts] = []
  var primaryKey: [String] = []
  /// A unique key without nulls, where there is no primary key.
  var uniqueKey: [String] = []
  /// Keys of this table, and keys of others that name it.
  var foreignKeys: [ForeignKeyFacts] = []
  var notes: [ImportNote] = []

  func columns(of table: String) -> [ColumnFacts] { columns.filter { $0.table == table } }
}
