import Foundation
import TamisEngines
import TamisModel
import TamisSQL

/// How an engine says that it will run a statement.
struct EnginePlan: CustomStringConvertible {
  /// One entry of an index: which, and the terms that it is entered with.
  struct Search {
    var index: String
    var terms: String

    /// Whether one of its terms is on the column.
    func mentions(_ column: String) -> Bool {
      let names = [column, column.replacing("\"", with: "\"\"")]
      return names.contains { name in
        terms.ranges(of: name).contains { range in
          !Self.isName(terms[..<range.lowerBound].last) && !Self.isName(terms[range.upperBound...].first)
        }
      }
    }

    private static func isName(_ character: Character?) -> Bool {
      character.map { $0.isLetter || $0.isNumber || $0 == "_" } ?? false
    }
  }

  var searches: [Search] = []
  var sorts = false
  var description: String

  /// Whether an index is entered by a term on the column.
  func enters(by column: String) -> Bool {
    searches.contains { $0.mentions(column) }
  }
}

extension EnginePlan {
  /// From the one row of `EXPLAIN (FORMAT JSON)`.
  init(postgreSQL text: String) throws {
    description = text
    let document = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]]
    guard let root = document?.first?["Plan"] as? [String: Any] else {
      throw EngineError(description: "no plan in " + text)
    }
    add(root)
  }

  private mutating func add(_ node: [String: Any]) {
    let type = node["Node Type"] as? String ?? ""
    if type == "Sort" || type == "Incremental Sort" { sorts = true }
    if let index = node["Index Name"] as? String, let terms = node["Index Cond"] as? String {
      searches.append(Search(index: index, terms: terms))
    }
    for child in node["Plans"] as? [[String: Any]] ?? [] { add(child) }
  }

  /// From the lines of `EXPLAIN QUERY PLAN`. A search that tries every value of the first column is none, and neither
  /// is one of an index that the engine would make for the statement.
  init(sqlite lines: [String]) {
    description = lines.joined(separator: "\n")
    for line in lines {
      if line.hasPrefix("USE TEMP B-TREE FOR"), line.hasSuffix("ORDER BY") { sorts = true }
      guard line.hasPrefix("SEARCH "), !line.contains("AUTOMATIC"), !line.contains("(ANY("),
        let using = line.range(of: "USING "),
        let open = line.range(of: " (", range: using.upperBound..<line.endIndex)
      else { continue }
      let name = line[using.upperBound..<open.lowerBound].replacingOccurrences(of: "COVERING ", with: "")
      searches.append(
        Search(
          index: name.replacingOccurrences(of: "INDEX ", with: ""), terms: String(line[open.upperBound...])))
    }
  }
}

/// An engine that can be asked for plans, with all rows of `IndexSamples` and none of its indexes.
protocol PlanningEngine {
  var dialect: SQLDialect { get }
  func execute(_ sql: String) throws
  /// - Parameter isForOrder: what could be done without a sort is asked for, and else what without reading all rows.
  func plan(_ statement: SQLStatement, isForOrder: Bool) throws -> EnginePlan
}

#if CommandLine
  struct SQLitePlanningEngine: PlanningEngine {
    let dialect = SQLDialect.sqlite
    private let engine: SQLiteEngine

    init(resource: Resource, records: [StoredRecord]) throws {
      engine = try SQLiteEngine(resource: resource, records: records)
    }

    func execute(_ sql: String) throws { try engine.execute(sql) }

    func plan(_ statement: SQLStatement, isForOrder: Bool) throws -> EnginePlan {
      let rows = try engine.rows(statement.explained("EXPLAIN QUERY PLAN "))
      return EnginePlan(sqlite: rows.compactMap { $0.last ?? nil })
    }
  }
#endif

struct PostgreSQLPlanningEngine: PlanningEngine {
  let dialect = SQLDialect.postgreSQL
  private let engine: PostgreSQLEngine

  init(resource: Resource, records: [StoredRecord], server: String) throws {
    engine = try PostgreSQLEngine(resource: resource, records: records, server: server)
  }

  func execute(_ sql: String) throws { try engine.execute(sql) }

  /// What it can do is asked, not what it finds cheapest. Its bitmap scans enter an index or are none; only the others
  /// give an order.
  func plan(_ statement: SQLStatement, isForOrder: Bool) throws -> EnginePlan {
    try engine.execute(
      """
      SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET enable_material = off;
      SET enable_bitmapscan = \(isForOrder ? "off" : "on"); SET enable_indexscan = \(isForOrder ? "on" : "off");
      SET enable_indexonlyscan = \(isForOrder ? "on" : "off"); SET enable_sort = \(isForOrder ? "off" : "on");
      SET enable_incremental_sort = \(isForOrder ? "off" : "on")
      """)
    let rows = try engine.rows(statement.explained("EXPLAIN (FORMAT JSON) "))
    return try EnginePlan(postgreSQL: rows.first?.first.flatMap { $0 } ?? "")
  }
}
