import Foundation
import Tamis
import TamisCatalog

/// One measured request to a list of AnimeThemes.
struct KeyChainRequest {
  let id: String
  let resource: String
  let query: String
  /// The members that say what was measured.
  private let object: [String: Any]

  init(_ line: String) throws {
    object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
    id = object["id"] as? String ?? ""
    resource = object["resource"] as? String ?? ""
    query = object["query"] as? String ?? ""
  }

  /// A request to the list of balances, whose measured answer stands in a member of its own.
  init(balances line: String) throws {
    let whole = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
    object = whole["measured"] as? [String: Any] ?? [:]
    id = whole["id"] as? String ?? ""
    resource = "animethemes/balances"
    query = whole["query"] as? String ?? ""
  }

  static func all() throws -> [KeyChainRequest] {
    try CaseFiles.text("Fixtures/animethemes.requests.ndjson").split(separator: "\n")
      .map { try KeyChainRequest(String($0)) }
  }

  /// Why it is not asked of us.
  var unmet: String? { object["unmet"] as? String }
  /// Why it is refused, although a part of the server could read it.
  var refused: String? { object["refused"] as? String }
  var status: Int? { object["status"] as? Int }
  /// Messages by attribute; nil where the wording is not known.
  var errors: [String: [String]]? { object["errors"] as? [String: [String]] }
  var sql: String? { object["sql"] as? String }
  var size: Int? { object["size"] as? Int }
  var isIgnored: Bool { object["ignored"] as? Bool ?? false }
  /// Whether its criteria narrow what is included.
  var narrows: Bool { object["narrows"] as? Bool ?? false }
  var include: [String]? { object["include"] as? [String] }
  var fields: [String: [String]]? { object["fields"] as? [String: [String]] }
  var filters: [[String: Any]]? { object["filters"] as? [[String: Any]] }
  var sort: [[String: Any]]? { object["sort"] as? [[String: Any]] }
  /// The value of a date, a number or a flag, as the server reads it.
  var value: String? { object["value"] as? String }
  var bindings: [String] { object["bindings"] as? [String] ?? [] }
}
