import Foundation
import Tamis
import TamisResources

/// One request to a resource with declared filters, and what the real server made of it.
struct DeclaredFilterCase {
  let id: String
  let kind: String
  let query: String
  /// Records to run it over, by the name of their set.
  let records: String?
  let expectation: [String: Any]
  private let file: [String: Any]

  init(_ line: String, _ resources: [String: [String: Any]]) throws {
    let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
    id = object["id"] as? String ?? ""
    kind = object["class"] as? String ?? ""
    query = object["query"] as? String ?? ""
    records = object["records"] as? String
    expectation = object["expect"] as? [String: Any] ?? [:]
    var file = resources[object["resource"] as? String ?? ""] ?? [:]
    file["filters"] = object["filters"]
    file["filterParameters"] = object["filterParameters"]
    let rules = object["rules"] as? [String: Any] ?? [:]
    file["compatibility"] = ["system": "API Platform", "declaredFilters": rules]
    if let maximum = object["maximumSize"] {
      file["paging"] = ["kind": "pages", "defaultSize": 30, "maximumSize": maximum]
    }
    self.file = file
  }

  func resource() throws -> Resource {
    try ResourceFile.read(Array(try JSONSerialization.data(withJSONObject: file, options: [.sortedKeys])))
  }

  static func all() throws -> [DeclaredFilterCase] {
    let resources = try keyed("resources", member: "resource").mapValues { $0 as? [String: Any] ?? [:] }
    return try CaseFiles.text("Fixtures/declared-filters.cases.ndjson").split(separator: "\n")
      .map { try DeclaredFilterCase(String($0), resources) }
  }

  /// The sets of records, each as JSON lines.
  static func recordSets() throws -> [String: [UInt8]] {
    var sets = try keyed("records", member: "records").mapValues { records in
      let lines = try (records as? [Any] ?? []).map {
        try JSONSerialization.data(withJSONObject: $0, options: [.sortedKeys])
      }
      return Array(lines.joined(separator: Data("\n".utf8)))
    }
    sets["balances"] = try CaseFiles.bytes("Fixtures/glu-balances.records.ndjson")
    return sets
  }

  private static func keyed(_ name: String, member: String) throws -> [String: Any] {
    var result: [String: Any] = [:]
    for line in try CaseFiles.text("Fixtures/declared-filters.\(name).ndjson").split(separator: "\n") {
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
      result[object["key"] as? String ?? ""] = object[member]
    }
    return result
  }
}
