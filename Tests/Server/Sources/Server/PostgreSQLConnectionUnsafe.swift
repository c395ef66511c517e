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

  /// All rows; a value is text, or null. A statement that finds the connection broken is run once more, over a new
  /// one: it reads only, so that it does not matter whether it was run before.
  func read(_ text: String, _ bindings: [SQLBinding]) throws -> [[SQLBinding]] {
    do {
      return try rows(text, bindings)
    } catch {
      guard unsafe PQstatus(connection) != CONNECTION_OK else { throw error }
      unsafe PQreset(connection)
      return try rows(text, bindings)
    }
  }

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
