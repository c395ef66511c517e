import CSQLite
import TamisSQL

/// SQLite in memory, through its C interface, so that a fuzzer needs no other package.
///
/// Unsafe throughout: the connection is open from `init` to `deinit`, a statement lives within one call or in
/// `kept`, which is emptied before the connection closes, and texts are copied by SQLite (`transient`) or out of it
/// before the next step.
@safe final class SQLiteConnection {
  private let connection: OpaquePointer
  /// Insertions, which are the same few texts over and over.
  private var kept: [String: OpaquePointer] = unsafe [:]

  init() throws {
    var opened: OpaquePointer?
    let code = unsafe sqlite3_open_v2(":memory:", &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nil)
    guard code == SQLITE_OK, let opened = unsafe opened else {
      throw SQLiteError(code: code, message: "not opened", statement: "")
    }
    unsafe connection = unsafe opened
    unsafe sqlite3_create_function_v2(
      connection, MatchFunction.name, 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nil, matches, nil, nil, nil)
  }

  deinit {
    for unsafe(_, statement) in unsafe kept { unsafe sqlite3_finalize(statement) }
    unsafe sqlite3_close_v2(connection)
  }

  func execute(_ sql: String) throws {
    let code = unsafe sqlite3_exec(connection, sql, nil, nil, nil)
    if code != SQLITE_OK { throw fault(code, sql) }
  }

  /// Rows of a statement, each value as SQLite holds it.
  func rows(_ statement: SQLStatement) throws -> [[SQLBinding]] {
    let prepared = unsafe try prepare(statement.text)
    defer { unsafe sqlite3_finalize(prepared) }
    return unsafe try run(prepared, statement)
  }

  /// The same for a statement that comes again.
  func insert(_ statement: SQLStatement) throws {
    let prepared = unsafe try kept[statement.text] ?? prepare(statement.text)
    unsafe kept[statement.text] = unsafe prepared
    defer { unsafe sqlite3_reset(prepared) }
    _ = unsafe try run(prepared, statement)
  }

  private func prepare(_ sql: String) throws -> OpaquePointer {
    var prepared: OpaquePointer?
    let code = unsafe sqlite3_prepare_v2(connection, sql, -1, &prepared, nil)
    guard code == SQLITE_OK, let prepared = unsafe prepared else { throw fault(code, sql) }
    return unsafe prepared
  }

  private func run(_ prepared: OpaquePointer, _ statement: SQLStatement) throws -> [[SQLBinding]] {
    for (index, binding) in statement.bindings.enumerated() {
      let code = unsafe bind(binding, Int32(index + 1), prepared)
      if code != SQLITE_OK { throw fault(code, statement.text) }
    }
    var rows: [[SQLBinding]] = []
    while true {
      let code = unsafe sqlite3_step(prepared)
      if code == SQLITE_DONE { return rows }
      guard code == SQLITE_ROW else { throw fault(code, statement.text) }
      rows.append((0..<(unsafe sqlite3_column_count(prepared))).map { unsafe Self.value($0, of: prepared) })
    }
  }

  private func fault(_ code: Int32, _ sql: String) -> SQLiteError {
    SQLiteError(
      code: code & 0xFF, message: unsafe String(cString: sqlite3_errmsg(connection)), statement: sql)
  }

  // MARK: Values

  /// `SQLITE_TRANSIENT`, a macro that is not imported: SQLite makes a copy.
  private static var transient: sqlite3_destructor_type {
    unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
  }

  private func bind(_ binding: SQLBinding, _ index: Int32, _ prepared: OpaquePointer) -> Int32 {
    switch binding {
    case .null, .array: return unsafe sqlite3_bind_null(prepared, index)
    case .integer(let number), .timestamp(let number), .date(let number):
      return unsafe sqlite3_bind_int64(prepared, index, number)
    case .boolean(let flag): return unsafe sqlite3_bind_int64(prepared, index, flag ? 1 : 0)
    case .text(let text), .decimal(let text), .uuid(let text), .json(let text):
      return unsafe sqlite3_bind_text(prepared, index, text, Int32(text.utf8.count), Self.transient)
    case .bytes(let bytes):
      return unsafe bytes.withUnsafeBytes { buffer in
        unsafe sqlite3_bind_blob(prepared, index, buffer.baseAddress, Int32(buffer.count), Self.transient)
      }
    }
  }

  private static func value(_ column: Int32, of prepared: OpaquePointer) -> SQLBinding {
    switch unsafe sqlite3_column_type(prepared, column) {
    case SQLITE_NULL: return .null
    case SQLITE_INTEGER: return .integer(unsafe sqlite3_column_int64(prepared, column))
    case SQLITE_BLOB: return .bytes(unsafe bytes(sqlite3_column_blob(prepared, column), column, prepared))
    default:
      let text = unsafe UnsafeRawPointer(sqlite3_column_text(prepared, column))
      return .text(String(decoding: unsafe bytes(text, column, prepared), as: UTF8.self))
    }
  }

  private static func bytes(
    _ start: UnsafeRawPointer?, _ column: Int32, _ prepared: OpaquePointer
  ) -> [UInt8] {
    let count = Int(unsafe sqlite3_column_bytes(prepared, column))
    return unsafe Array(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
  }
}

/// Registered as the documentation of `MatchFunction` says.
private let matches: @convention(c) (OpaquePointer?, Int32, UnsafeMutablePointer<OpaquePointer?>?) -> Void = {
  context, count, values in
  guard count == 2, let values = unsafe values else { return }
  func text(_ index: Int) -> String? {
    guard let start = unsafe sqlite3_value_text(values[index]) else { return nil }
    let count = Int(unsafe sqlite3_value_bytes(values[index]))
    return unsafe String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }
  do throws(MatchFunction.Failure) {
    guard let answer = try MatchFunction().evaluate(pattern: text(0), text: text(1)) else {
      return unsafe sqlite3_result_null(context)
    }
    unsafe sqlite3_result_int(context, answer ? 1 : 0)
  } catch {
    unsafe sqlite3_result_error(context, error.message, -1)
  }
}
