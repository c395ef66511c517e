import TamisModel

/// Reads what SQLite answers.
struct SQLiteTableReader {
  let table: String
  /// The table as the resource names it.
  let name: String
  var facts: TableFacts
  private var isStrict = false
  private var hasRowIdentity = false
  private var primaryKeys: [String: [String]] = [:]

  init(table: String, name: String) {
    self.table = table
    self.name = name
    facts = TableFacts(table: name, engine: "sqlite")
  }

  // MARK: The table

  mutating func readTable(_ rows: TableRows) {
    for (type, withoutRows, strict) in rows.map({ ($0.text(0), $0.flag(1), $0.flag(2)) }) {
      isStrict = strict
      hasRowIdentity = type == "table" && !withoutRows
      if type == "table", !strict {
        facts.notes.append(
          ImportNote(
            name,
            "not a STRICT table: a column may hold values of other types, which compare as SQLite has it"))
      }
    }
  }

  mutating func readColumns(_ rows: TableRows, isOwn: Bool) {
    var definitions: [String: [String: String]] = [:]
    for row in rows.map({ $0 }) {
      let table = isOwn ? name : row.text(0)
      if isOwn || !isSame(row.text(0), self.table) {
        let collations = definitions[table] ?? SQLiteDefinition.collations(row.text(6))
        definitions[table] = collations
        // A hidden column of a virtual table is an argument, not a value.
        if row.number(5) != 1 { facts.columns.append(column(row, table, collations)) }
        if row.number(4) > 0 { primaryKeys[table, default: []].append(row.text(1)) }
      }
    }
    if isOwn { chooseKey(rows) }
  }

  private mutating func chooseKey(_ rows: TableRows) {
    let keys = rows.map { (name: $0.text(1), place: $0.number(4)) }.filter { $0.place > 0 }
    facts.primaryKey = keys.sorted { $0.place < $1.place }.map(\.name)
  }

  private func column(_ row: TableRows.Row, _ table: String, _ collations: [String: String]) -> ColumnFacts {
    let name = row.text(1)
    let isKey = row.number(4) > 0
    var column = ColumnFacts(
      table: table, name: name, declaredType: row.text(2), meaning: SQLiteType.meaning(row.text(2)),
      isNullable: !row.flag(3) && !isKey)
    column.notes = SQLiteType.notes(row.text(2))
    if let collation = collations[name.asciiLowercased], collation != "BINARY" {
      column.collation = .folded
      column.notes.append("its collation \(collation) takes different texts for equal: only null is tested")
    }
    return column
  }

  /// A table without a key of its own has the number of its rows.
  mutating func readKeys(_ rows: TableRows) {
    guard facts.primaryKey.isEmpty else { return }
    let nullable = Set(facts.columns(of: name).filter(\.isNullable).map(\.name))
    var keys: [(index: String, columns: [String?])] = []
    for (index, column) in rows.map({ ($0.text(0), $0[1]) }) {
      if keys.last?.index != index { keys.append((index, [])) }
      keys[keys.count - 1].columns.append(column)
    }
    for key in keys {
      let columns = key.columns.compactMap { $0 }
      if columns.count == key.columns.count, nullable.isDisjoint(with: columns) {
        facts.uniqueKey = columns
        return
      }
    }
    guard hasRowIdentity, !facts.columns(of: name).contains(where: { isSame($0.name, "rowid") }) else {
      return
    }
    facts.columns.insert(
      ColumnFacts(
        table: name, name: "rowid", declaredType: "INTEGER", meaning: .field(.integer, storage: nil),
        isNullable: false), at: 0)
    facts.primaryKey = ["rowid"]
    facts.notes.append(
      ImportNote("rowid", "the table has no key: the number of the row is taken, which VACUUM may change"))
  }

  // MARK: Foreign keys

  mutating func readForeignKeys(_ rows: TableRows) {
    let all = rows.map {
      (table: $0.text(0), id: $0.text(1), column: $0.text(2), other: $0.text(3), to: $0[4])
    }
    for (index, key) in all.enumerated() {
      let siblings = all.indices.filter { all[$0].table == key.table && all[$0].id == key.id }
      if siblings.count > 1 {
        if siblings.first == index {
          facts.notes.append(ImportNote(key.table, "left out: a foreign key of several columns"))
        }
        continue
      }
      add(key.table, key.column, key.other, key.to)
    }
  }

  private mutating func add(_ table: String, _ column: String, _ other: String, _ to: String?) {
    let (from, onto) = (
      isSame(table, self.table) ? name : table, isSame(other, self.table) ? name : known(other)
    )
    // Without a name the key is the other table's primary key.
    guard let target = to ?? onlyKey(onto) else { return }
    facts.foreignKeys.append(
      ForeignKeyFacts(table: from, column: column, otherTable: onto, otherColumn: target))
    // A table that names itself has the relation both ways; this is the way from parent to children.
  }

  private func onlyKey(_ table: String) -> String? {
    let key = primaryKeys[table] ?? []
    return key.count == 1 ? key[0] : nil
  }

  /// The name as the other table's own columns have it.
  private func known(_ table: String) -> String {
    facts.columns.first { isSame($0.table, table) }?.table ?? table
  }

  private func isSame(_ left: String, _ right: String) -> Bool {
    left.asciiLowercased == right.asciiLowercased
  }
}

/// What a declared type means. SQLite reads affinities out of any words; these are the words that people use.
enum SQLiteType {
  static func meaning(_ declared: String) -> ColumnMeaning {
    let name = base(declared)
    switch name {
    case "BOOLEAN", "BOOL": return .field(.boolean, storage: .integer)
    case "UUID", "GUID": return .field(.uuid, storage: .text)
    case "JSON": return .field(.json, storage: nil)
    case "DATE": return .field(.date, storage: .fixedWidthText)
    case "DATETIME", "TIMESTAMP", "TIMESTAMPTZ", "TIME":
      return .shownOnly(
        .text,
        reason:
          "what a column of \(declared) holds is not declared; declare it TEXT or INTEGER, or make it a "
          + "timestamp where it is 2024-01-15T10:30:45.000000Z (storage fixedWidthText) or microseconds (integer)"
      )
    default: break
    }
    // The rules of affinity, in their order.
    if name.contains("INT") { return .field(.integer, storage: nil) }
    if name.contains("CHAR") || name.contains("CLOB") || name.contains("TEXT") {
      return .field(.text, storage: nil)
    }
    if name.isEmpty || name == "ANY" {
      return .unsupported(reason: "a column without a type may hold anything")
    }
    if name.contains("BLOB") || name == "JSONB" { return .unsupported(reason: "bytes are no field") }
    if name.contains("REAL") || name.contains("FLOA") || name.contains("DOUB") {
      return .unsupported(reason: "binary floating point is not exact")
    }
    if isWhole(declared) { return .field(.integer, storage: nil) }
    return .unsupported(
      reason:
        "SQLite keeps fractions of \(declared) as binary floating point; keep whole numbers of the smallest unit"
    )
  }

  static func notes(_ declared: String) -> [String] {
    switch base(declared) {
    case "DATE":
      ["dates are assumed to be text, 2024-01-15; say storage integer where they are days since 1970"]
    case "UUID", "GUID": ["UUIDs are assumed to be text in small letters"]
    case "BOOLEAN", "BOOL": ["truth values are assumed to be 0 and 1"]
    default: []
    }
  }

  /// The words before the bracket, in capitals.
  private static func base(_ declared: String) -> String {
    let word = declared.prefix { $0 != "(" }
    var bytes = word.utf8.map { $0 &- 97 < 26 ? $0 & 0xDF : $0 }
    while bytes.last == 0x20 { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// `NUMERIC(18)`, `DECIMAL(10, 0)`: without a fraction, and within 64 bits.
  private static func isWhole(_ declared: String) -> Bool {
    guard let open = declared.firstIndex(of: "("), declared.hasSuffix(")") else { return false }
    let sizes = declared[declared.index(after: open)...].dropLast().split(separator: ",")
      .map { Int(String($0.filter { $0 != " " })) }
    guard let precision = sizes.first, let digits = precision, (1...18).contains(digits) else { return false }
    return sizes.count == 1 || (sizes.count == 2 && sizes[1] == 0)
  }
}
