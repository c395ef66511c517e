import CLibPQ
import Foundation
import Tamis

/// One connection through libpq.
///
/// Invariant: the pointer is valid from `init` to `deinit`, and is used by one thread at a time, because
/// `PostgreSQLDatabase` lends a connection to one task and takes it back before it lends it again.
@safe final class PostgreSQLConnection: @unchecked Sendable {
  private let connection: OpaquePointer

  init(_ server: String) throws {
    guard let opened = unsafe PQconnectdb(server) else { throw DatabaseFault(description: "no connection") }
    unsafe connection = opened
    guard unsafe PQstatus(opened) == CONNECTION_OK else {
      let message = unsafe String(cString: PQerrorMessage(opened))
      unsafe PQfinish(opened)
      throw DatabaseFault(description: message)
    }
  }

  deinit { unsafe PQfinish(connection) }

  /// A connection that broke is opened again, once, before the next statement.
  func reopenIfBroken() {
    if unsafe PQstatus(connection) != CONNECTION_OK { unsafe PQreset(connection) }
  }

  /// All rows; a value is text, or null.
  func rows(_ text: String, _ bindings: [SQLBinding]) throws -> [[SQLBinding]] {
    // Copies that live until the call returns, and are freed after it.
    let copies = unsafe bindings.map { binding in unsafe binding.postgreSQLText.flatMap { unsafe strdup($0) }
    }
    defer { for index in unsafe copies.indices { unsafe free(copies[index]) } }
    let values = unsafe copies.map { copy in unsafe copy.map { unsafe UnsafePointer($0) } }
    let result = unsafe PQexecParams(connection, text, Int32(values.count), nil, values, nil, nil, 0)
    defer { unsafe PQclear(result) }
    let status = unsafe PQresultStatus(result)
    guard status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK else {
      throw DatabaseFault(description: unsafe String(cString: PQerrorMessage(connection)))
    }
    let columns = unsafe PQnfields(result)
    return (0..<(unsafe PQntuples(result))).map { row in
      (0..<columns).map { column in
        // Null is marked apart; another value is NUL-terminated text that lives as long as the result.
        unsafe PQgetisnull(result, row, column) != 0
          ? .null : .text(unsafe String(cString: PQgetvalue(result, row, column)))
      }
    }
  }
}
