import TamisJSON
import TamisModel

/// Reads what PostgreSQL answers.
struct PostgreSQLTableReader {
  let table: String
  var facts: TableFacts

  init(table: String) {
    self.table = table
    facts = TableFacts(table: table, engine: "postgresql")
  }

  mutating func readColumns(_ rows: TableRows) {
    facts.columns = rows.map { column($0) }
  }

  private func column(_ row: TableRows.Row) -> ColumnFacts {
    let type = PostgreSQLType(
      name: row.text(4), kind: row.text(5), modifier: row.number(6), labels: labels(row[12]))
    var column = ColumnFacts(
      table: row.flag(0) ? table : row.text(1), name: row.text(2), declaredType: row.text(3),
      meaning: type.meaning(row.text(3)), isNullable: !row.flag(7))
    column.notes = type.notes
    if row.number(10) > 0 {
      column.notes.append("a domain over \(row.text(3)): its checks are the database's alone")
    }
    if let comment = row[11] { column.notes.append("comment: \(comment)") }
    if let collation = row[8] {
      if !row.flag(9) {
        column.collation = .folded
        column.notes.append("its collation \(collation) takes different texts for equal: only null is tested")
      } else if ["C", "POSIX", "ucs_basic"].contains(collation) {
        column.collation = .bytes
      }
    }
    return column
  }

  private func labels(_ json: String?) -> [String] {
    guard let json, let document = try? JSONDocument.parse(Array(json.utf8), limits: QueryLimits()) else {
      return []
    }
    return document.items(of: 0).map { document.string(at: $0) }
  }

  /// The primary key, and the first unique one without nulls and expressions.
  mutating func readKeys(_ rows: TableRows) {
    var keys: [(index: String, isPrimary: Bool, columns: [String?])] = []
    for row in rows.map({ $0 }) {
      if keys.last?.index != row.text(1) { keys.append((row.text(1), row.flag(0), [])) }
      keys[keys.count - 1].columns.append(row.flag(3) ? row[2] : nil)
    }
    for key in keys where !key.columns.contains(nil) {
      let columns = key.columns.compactMap { $0 }
      if key.isPrimary {
        facts.primaryKey = columns
      } else if facts.uniqueKey.isEmpty {
        facts.uniqueKey = columns
      }
    }
  }

  mutating func readForeignKeys(_ rows: TableRows) {
    for row in rows.map({ $0 }) {
      guard row.number(6) == 1 else {
        facts.notes.append(ImportNote(row.text(7), "left out: a foreign key of several columns"))
        continue
      }
      facts.foreignKeys.append(
        ForeignKeyFacts(
          table: row.flag(1) ? table : row.text(0), column: row.text(2),
          otherTable: row.flag(4) ? table : row.text(3), otherColumn: row.text(5)))
    }
  }
}

/// A type of PostgreSQL, its domains taken off.
struct PostgreSQLType {
  let name: String
  /// `b` for a base type, `e` for an enumeration, and so on.
  let kind: String
  let modifier: Int
  let labels: [String]

  func meaning(_ declared: String) -> ColumnMeaning {
    if kind == "e" {
      return labels.isEmpty
        ? .unsupported(reason: "an enumeration without labels")
        : .field(.enumeration(Enumeration(labels)), storage: nil)
    }
    switch name {
    case "int2", "int4", "int8": return .field(.integer, storage: nil)
    case "numeric": return .field(numeric, storage: nil)
    case "text", "varchar": return .field(.text, storage: nil)
    case "bool": return .field(.boolean, storage: nil)
    case "uuid": return .field(.uuid, storage: nil)
    case "date": return .field(.date, storage: nil)
    case "timestamptz", "timestamp": return .field(.timestamp, storage: nil)
    case "jsonb": return .field(.json, storage: nil)
    case "json": return .shownOnly(.json, reason: "json has no comparisons; jsonb does")
    case "bpchar": return .shownOnly(.text, reason: "\(declared) ignores blanks at the end")
    case "citext": return .shownOnly(.text, reason: "citext folds letters by the database's rules")
    case "float4", "float8": return .unsupported(reason: "binary floating point is not exact")
    default: return .unsupported(reason: "\(declared) is no field's type")
    }
  }

  /// The modifier is the precision and the scale in one number, plus four.
  private var numeric: FieldType {
    guard modifier >= 4 else { return .decimal(precision: 1_000, scale: 500) }
    let packed = modifier - 4
    let precision = packed >> 16 & 0xFFFF
    // Eleven bits, signed: newer servers have scales below zero and above the precision.
    let bits = packed & 0x7FF
    let scale = bits >= 1_024 ? bits - 2_048 : bits
    if scale < 0 { return .bigInteger }
    return .decimal(precision: Swift.max(precision, scale, 1), scale: scale)
  }

  var notes: [String] {
    switch name {
    case "numeric" where modifier < 4:
      ["numeric without a precision: taken as 1000 digits, 500 of them after the point"]
    case "timestamp":
      [
        "timestamp without time zone: its times are taken as UTC, and the driver must send parameters without a type, "
          + "or as timestamp"
      ]
    default: []
    }
  }
}
