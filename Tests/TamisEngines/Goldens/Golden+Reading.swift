import TamisModel
import TamisResources
import TamisTesting

extension Golden {
  /// Reads a file that a run has written.
  package init(_ text: String) throws {
    var lines: [String: JSONTree] = [:]
    var records: [JSONTree] = []
    for line in text.split(separator: "\n") {
      guard let tree = JSONTree(parsing: String(line)), case .object(let members) = tree else {
        throw GoldenError("no JSON: \(line.prefix(80))")
      }
      for member in members {
        if member.name == "record" { records.append(member.value) } else { lines[member.name] = member.value }
      }
    }
    guard let file = lines["resource"], let answer = lines["expected"] else {
      throw GoldenError("no resource or no answer")
    }
    about = lines["about"] ?? .null
    generated = GeneratedResource(
      seed: 0, resource: try ResourceFile.read(file.description), records: records,
      scope: Self.scope(lines["scope"]))
    asked = try Self.asked(lines)
    expected = try Self.answer(answer)
  }

  private static func scope(_ tree: JSONTree?) -> [String: String] {
    guard case .object(let members)? = tree else { return [:] }
    return members.reduce(into: [:]) { values, member in
      if case .string(let text) = member.value { values[member.name] = text }
    }
  }

  private static func asked(_ lines: [String: JSONTree]) throws(GoldenError) -> Asked {
    if let query = lines["query"] { return .query(query) }
    guard case .string(let text)? = lines["request"], case .string(let name)? = lines["dialect"],
      let dialect = QueryDialect(rawValue: name)
    else { throw GoldenError("neither a query nor a request") }
    return .request(dialect, text)
  }

  private static func answer(_ tree: JSONTree) throws(GoldenError) -> EngineAnswer {
    if let count = integer(tree["count"]) { return .count(count) }
    guard case .array(let items)? = tree["records"] else { throw GoldenError("no answer: \(tree)") }
    return .page(items.compactMap { integer($0) }, hasMore: tree["hasMore"] == .boolean(true))
  }

  static func integer(_ tree: JSONTree?) -> Int? {
    guard case .number(let text)? = tree else { return nil }
    return Int(text)
  }
}
