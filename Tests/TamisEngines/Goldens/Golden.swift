package import TamisModel
import TamisPlanner
import TamisResources
package import TamisTesting

/// A difference that was found once, with all that is needed to ask again: the resource, the records, the query, and
/// what it must select. In a file each is one line of JSON.
package struct Golden {
  /// Who differed, what it said, and what was run; for readers only.
  package var about: JSONTree
  package var generated: GeneratedResource
  package var asked: Asked
  package var expected: EngineAnswer

  package enum Asked {
    case query(JSONTree)
    /// A request's dialect and text, where what it means was in question.
    case request(QueryDialect, String)
  }
}

// MARK: - Writing

extension Golden {
  package init(_ difference: Difference) {
    let lawCase = difference.lawCase
    generated = lawCase.generated
    expected = lawCase.expected
    let isAboutMeaning = difference.version.isEmpty && difference.party == "the plan"
    if isAboutMeaning, let request = lawCase.request {
      asked = .request(request.dialect, request.text)
    } else {
      asked = .query(Self.json(lawCase))
    }
    about = PredicateJSON.object(
      ("engine", .string(difference.party)), ("version", .string(difference.version)),
      ("said", .string("\(difference.found)")),
      ("predicate", .string(lawCase.typed.writtenPredicate.description)),
      ("ran", difference.explanation.isEmpty ? nil : .string(difference.explanation)),
      ("request", lawCase.request.map { .string("\($0.dialect.rawValue) \($0.text)") }),
      ("seed", .string(String(lawCase.generated.seed))))
  }

  private static func json(_ lawCase: LawCase) -> JSONTree {
    let query = lawCase.typed
    let keys = query.sort.map { key in
      PredicateJSON.object(
        ("field", .string(query.resource.field(key.field).name)),
        ("direction", .string(key.direction == .ascending ? "ascending" : "descending")),
        ("nulls", .string(key.nulls == .first ? "first" : "last")))
    }
    return PredicateJSON.object(
      ("where", PredicateJSON.write(query.writtenPredicate)), ("sort", .array(keys)),
      ("limit", number(query.page.limit)), ("offset", number(query.page.offset)),
      ("asked", .string(lawCase.kind.rawValue)),
      ("after", lawCase.beside.flatMap { $0.side == .after ? number($0.number) : nil }),
      ("before", lawCase.beside.flatMap { $0.side == .before ? number($0.number) : nil }))
  }

  private static func number(_ number: Int) -> JSONTree { .number(String(number)) }

  /// The party and a number that is the text's own: `sqlite-3f5a09.ndjson`.
  package var fileName: String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    var name = "golden"
    if case .string(let engine)? = about["engine"] {
      name = engine.lowercased().split(separator: " ").joined(separator: "-")
    }
    return "\(name)-\(String(hash & 0xFFFF_FFFF, radix: 16)).ndjson"
  }

  /// The file's text.
  package var text: String {
    var lines = [PredicateJSON.object(("about", about))]
    let resource = JSONTree(parsing: ResourceFile.write(generated.resource))
    lines.append(PredicateJSON.object(("resource", resource)))
    let scope = generated.scope.sorted { $0.key < $1.key }
    if !scope.isEmpty {
      let members = scope.map { JSONTree.Member($0.key, .string($0.value)) }
      lines.append(PredicateJSON.object(("scope", .object(members))))
    }
    lines += generated.records.map { PredicateJSON.object(("record", $0)) }
    switch asked {
    case .query(let query): lines.append(PredicateJSON.object(("query", query)))
    case .request(let dialect, let text):
      lines.append(
        PredicateJSON.object(("request", .string(text)), ("dialect", .string(dialect.rawValue))))
    }
    lines.append(PredicateJSON.object(("expected", answer)))
    return lines.map { $0.description + "\n" }.joined()
  }

  private var answer: JSONTree {
    switch expected {
    case .page(let numbers, let hasMore):
      PredicateJSON.object(
        ("records", .array(numbers.map(Self.number))), ("hasMore", .boolean(hasMore)))
    case .count(let count): PredicateJSON.object(("count", Self.number(count)))
    case .refused(let features): PredicateJSON.object(("refused", .array(features.map { .string($0) })))
    case .failed(let reason): PredicateJSON.object(("failed", .string(reason)))
    }
  }
}
