import Foundation
import Tamis
import TamisModel
import TamisPlanner
import TamisTesting

/// Asks again what parties once did not agree on.
package struct GoldenReplay {
  package let golden: Golden

  package init(_ golden: Golden) {
    self.golden = golden
  }

  /// The goldens of a folder, by name.
  package static func files(in folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".ndjson") }.sorted()
  }

  package static func read(_ path: String) throws -> GoldenReplay {
    GoldenReplay(try Golden(String(contentsOfFile: path, encoding: .utf8)))
  }

  /// What is wrong: with the reference interpreter, and with each of the engines. A refusal is none.
  package func faults(of engines: [any LawEngine]) throws -> [String] {
    let judge = LawJudge(golden.generated)
    let lawCase = try lawCase(judge)
    var faults: [String] = []
    if lawCase.expected != golden.expected {
      faults.append("the reference: \(lawCase.expected), the golden: \(golden.expected)")
    }
    for engine in engines {
      try engine.load(golden.generated)
      let found = engine.ask([lawCase.question])()[0]
      if case .refused = found { continue }
      if found != golden.expected {
        faults.append(
          "\(engine.name): \(found), the golden: \(golden.expected)\n\(engine.explanation(of: lawCase.normalised))"
        )
      }
    }
    return faults
  }

  private func lawCase(_ judge: LawJudge) throws -> LawCase {
    switch golden.asked {
    case .request(let dialect, let text):
      let compiler = QueryCompiler(resource: golden.generated.resource)
      let compiled = try compiler.compile(text, dialect: dialect, scope: golden.generated.scope)
      var lawCase = judge.lawCase(compiled.typed)
      lawCase.normalised = compiled.query
      return lawCase
    case .query(let tree): return try lawCase(tree, judge)
    }
  }

  private func lawCase(_ tree: JSONTree, _ judge: LawJudge) throws(GoldenError) -> LawCase {
    guard let filter = tree["where"], let limit = Golden.integer(tree["limit"]),
      let offset = Golden.integer(tree["offset"]), case .string(let asked)? = tree["asked"],
      let kind = LawQuestion.Kind(rawValue: asked),
      let query = Query(
        golden.generated.resource, where: try PredicateReader.read(filter), sort: try keys(tree["sort"]),
        page: Page(limit: limit, offset: offset))
    else { throw GoldenError("no query: \(tree)") }
    for side in [KeysetBoundary.Side.after, .before] {
      guard let number = Golden.integer(tree["\(side)"]) else { continue }
      guard let lawCase = judge.lawCase(query, beside: RecordPlace(number: number, side: side)) else {
        throw GoldenError("no record \(number)")
      }
      return lawCase
    }
    return judge.lawCase(query, kind)
  }

  private func keys(_ tree: JSONTree?) throws(GoldenError) -> [SortKey] {
    guard case .array(let items)? = tree else { throw GoldenError("no order") }
    var keys: [SortKey] = []
    for item in items {
      guard case .string(let name)? = item["field"],
        let field = golden.generated.resource.field(named: name)
      else { throw GoldenError("no sort key: \(item)") }
      keys.append(
        SortKey(
          field: field, direction: item["direction"] == .string("descending") ? .descending : .ascending,
          nulls: item["nulls"] == .string("first") ? .first : .last))
    }
    return keys
  }
}
