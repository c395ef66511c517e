import TamisModel
import TamisPlanner
import TamisSyntax

/// Writes a query as a query string. What can not be said is collected, so that all of it is reported.
struct URLWriter {
  let query: Query
  let dialect: QueryDialect
  let spelling: ParsedSpelling
  var written = WrittenText(bytes: [])
  var problems: [Diagnostic] = []
  private let speller: ClauseSpeller

  init(query: Query, dialect: QueryDialect) {
    self.query = query
    self.dialect = dialect
    spelling = Self.spelling(dialect)
    speller = ClauseSpeller(query: query, spelling: spelling, mayDeny: query.resource.readsGroups)
  }

  /// A request in the mixed dialect is printed in brackets, which no name of a field makes ambiguous.
  private static func spelling(_ dialect: QueryDialect) -> ParsedSpelling {
    switch dialect {
    case .jsonAPI: .jsonAPI
    case .jsonAPIKeys: .jsonAPIKeys
    case .suffix: .suffix
    case .bracket, .mixed: .bracket
    case .body: .body
    }
  }

  var resource: Resource { query.resource }
  var refusal: Refusal { Refusal(query, dialect) }

  mutating func write(_ parts: RequestParts) throws(QueryError) -> WrittenText {
    writeCriteria(parts.members)
    for entry in parts.given { writeParameter(resource.parameters[entry.parameter].name, entry.text) }
    writeOrder()
    writePage()
    writeSelection()
    writeInclusion()
    if let error = QueryError(problems) { throw error }
    return written
  }

  // MARK: Criteria

  private mutating func writeCriteria(_ members: [Int]) {
    if members.count == 1, let only = members.first, query.nodes[only].kind == .or,
      let alternatives = plainAlternatives(of: only)
    {
      return writeAlternatives(alternatives)
    }
    writeConjunction(members, [])
  }

  /// Members that are ANDed. A name can stand at one place only once, and so can a group; from the first that comes
  /// again, each has a number of its own.
  private mutating func writeConjunction(_ members: [Int], _ groups: [String]) {
    var taken: Set<[String]> = []
    for (position, member) in members.enumerated() {
      guard let place = place(of: member, groups) else { continue }
      guard members.count == 1 || taken.insert(place).inserted else {
        for (number, other) in members[position...].enumerated() {
          writeConjunction([other], groups + ["and", String(number)])
        }
        return
      }
      write(member, groups)
    }
  }

  /// What a member takes for itself among its siblings: its name, or a group's word. Nil, and a report, when the
  /// dialect can not say it.
  private mutating func place(of member: Int, _ groups: [String]) -> [String]? {
    let node = query.nodes[member]
    switch node.kind {
    case .and: return ["and"]
    case .or: return ["or"]
    case .not: return ["not"]
    case .any:
      if node.minimum > 1 {
        report(member, reason: Refusal.severalElements)
        return nil
      }
      if node.isNegated { return ["not"] }
      if let (clause, _) = elementClause(member) {
        return clause.text.isDenied ? ["not"] : clause.name(groups)
      }
      return ["any", resource.relation(node.other.index).name]
    case .compare, .compareFields, .within, .member, .pattern, .isNull, .jsonContains, .matches, .always,
      .never:
      guard let clause = clause(member) else {
        report(member, reason: speller.reason(for: node))
        return nil
      }
      return clause.text.isDenied ? ["not"] : clause.name(groups)
    }
  }

  private mutating func report(_ member: Int, reason: String? = nil) {
    problems.append(refusal.diagnostic(member, reason: reason))
  }

  private mutating func write(_ member: Int, _ groups: [String]) {
    let node = query.nodes[member]
    switch node.kind {
    case .and: enter(member, groups + ["and"]) { $0.writeConjunction($0.query.memberIndexes(of: member), $1) }
    case .or: enter(member, groups + ["or"]) { $0.writeMembers(of: member, $1) }
    case .not: enter(member, groups + ["not"]) { $0.writeConjunction([member + 1], $1) }
    case .any: writeQuantifier(member, node, groups)
    case .compare, .compareFields, .within, .member, .pattern, .isNull, .jsonContains, .matches, .always,
      .never:
      if let clause = clause(member) { write(clause, member, groups) }
    }
  }

  private mutating func enter(
    _ member: Int, _ groups: [String], _ write: (inout URLWriter, [String]) -> Void
  ) {
    guard resource.readsGroups else {
      return report(member, reason: "the resource has no groups in query strings")
    }
    write(&self, groups)
  }

  private mutating func writeMembers(of group: Int, _ groups: [String]) {
    for (number, member) in query.memberIndexes(of: group).enumerated() {
      let isConjunction = query.nodes[member].kind == .and
      writeConjunction(
        isConjunction ? query.memberIndexes(of: member) : [member], groups + [String(number)])
    }
  }

  // MARK: Elements

  private mutating func writeQuantifier(_ member: Int, _ node: PredicateNode, _ groups: [String]) {
    let relation = resource.relation(node.other.index)
    if relation.isHidden { return report(member, reason: "the relation is not for clients") }
    if node.minimum > 1 { return report(member, reason: Refusal.severalElements) }
    if node.isNegated {
      return enter(member, groups + ["not"]) { $0.writeElement(member, relation, $1) }
    }
    writeElement(member, relation, groups)
  }

  /// One clause names the element's field by its whole path; several need a group.
  private mutating func writeElement(_ member: Int, _ relation: Relation, _ groups: [String]) {
    guard let members = query.elementMembers(of: member) else {
      return report(member, reason: Refusal.withoutCondition)
    }
    if let (clause, place) = elementClause(member) { return write(clause, place, groups) }
    guard !members.isEmpty else { return report(member + 1) }
    enter(member, groups + ["any", relation.name]) { $0.writeConjunction(members, $1) }
  }

  /// The only clause inside `any`, or inside an `any` that is the only one in it, and its node. One that needs a `not`
  /// would deny all elements with it.
  private func elementClause(_ member: Int, prefix: String = "") -> (URLClause, Int)? {
    let relation = resource.relation(query.nodes[member].other.index)
    guard let members = query.elementMembers(of: member), members.count == 1, !relation.isHidden else {
      return nil
    }
    let inner = query.nodes[members[0]]
    let path = prefix + relation.name + "."
    if inner.kind == .any {
      return inner.isNegated || inner.minimum > 1 ? nil : elementClause(members[0], prefix: path)
    }
    guard let clause = clause(members[0], prefix: path), !clause.text.isDenied else { return nil }
    return (clause, members[0])
  }

  // MARK: Clauses

  /// Nil for what the dialect can not say of this field.
  private func clause(_ member: Int, prefix: String = "") -> URLClause? {
    let node = query.nodes[member]
    switch node.kind {
    case .compare, .within, .member, .pattern, .isNull, .matches: break
    case .and, .or, .not, .any, .compareFields, .jsonContains, .always, .never: return nil
    }
    let field = resource.field(node.field)
    guard !field.isHidden, let text = speller.text(of: node) else { return nil }
    let name = prefix + ([field.name] + query.keys(of: node)).joined(separator: ".")
    return URLClause(
      name: name, text: text, spelling: spelling,
      spellsOperators: dialect == .mixed || query.resource.isReadByFilter(name), field: field)
  }

  private mutating func write(_ clause: URLClause, _ member: Int, _ groups: [String]) {
    if clause.text.isDenied {
      var inner = clause
      inner.text.isDenied = false
      return enter(member, groups + ["not"]) { $0.write(inner, member, $1) }
    }
    writePair(clause, clause.name(groups), member)
  }

  private mutating func writePair(_ clause: URLClause, _ segments: [String], _ member: Int) {
    beginPair()
    let start = written.bytes.count
    guard writeName(isInFilter ? ["filter"] + segments : segments) else {
      return report(member, reason: "a bracket can not stand in a name")
    }
    clause.appendValue(to: &written.bytes)
    written.places.append((start..<written.bytes.count, member))
  }

  private var isInFilter: Bool { spelling == .jsonAPI || spelling == .jsonAPIKeys }

  // MARK: Alternatives

  /// The members of a request that is one OR, where they need no groups: `logical_operator=or`, or a chain of keys.
  private func plainAlternatives(of group: Int) -> [[(URLClause, Int)]]? {
    let members = query.memberIndexes(of: group)
    var names: Set<[String]> = []
    var alternatives: [[(URLClause, Int)]] = []
    for (position, member) in members.enumerated() {
      let isConjunction = query.nodes[member].kind == .and
      switch dialect {
      case .jsonAPIKeys: break
      case .suffix, .mixed: if isConjunction { return nil }
      case .jsonAPI, .bracket, .body: return nil
      }
      var clauses: [(URLClause, Int)] = []
      for (offset, leaf) in (isConjunction ? query.memberIndexes(of: member) : [member]).enumerated() {
        guard var clause = plainClause(leaf) else { return nil }
        clause.isAlternative = dialect == .jsonAPIKeys && position > 0 && offset == 0
        guard names.insert(clause.name([])).inserted else { return nil }
        clauses.append((clause, leaf))
      }
      alternatives.append(clauses)
    }
    return alternatives
  }

  private func plainClause(_ member: Int) -> URLClause? {
    let node = query.nodes[member]
    let found: URLClause?
    if node.kind == .any {
      found =
        node.isNegated || node.minimum > 1 || resource.relation(node.other.index).isHidden
        ? nil : elementClause(member)?.0
    } else {
      found = clause(member)
    }
    return found.flatMap { $0.text.isDenied ? nil : $0 }
  }

  private mutating func writeAlternatives(_ alternatives: [[(URLClause, Int)]]) {
    if dialect != .jsonAPIKeys { writePlain(["logical_operator"], "or") }
    for (clause, member) in alternatives.joined() { writePair(clause, clause.name([]), member) }
  }

  // MARK: Pairs

  private mutating func beginPair() {
    if !written.bytes.isEmpty { written.bytes.append(UInt8(ascii: "&")) }
  }

  /// False for a name that brackets can not hold, because an escaped bracket is one.
  private mutating func writeName(_ segments: [String]) -> Bool {
    for (position, segment) in segments.enumerated() {
      if dialect != .suffix || segments.count > 1, segment.utf8.contains(where: { $0 == 0x5B || $0 == 0x5D })
      {
        return false
      }
      if position > 0 { written.bytes.append(UInt8(ascii: "[")) }
      PercentEncoding.append(segment.utf8, escaping: "=", to: &written.bytes)
      if position > 0 { written.bytes.append(UInt8(ascii: "]")) }
    }
    return true
  }

  mutating func writePlain(_ name: [String], _ value: String, escaping also: String = "") {
    beginPair()
    guard writeName(name) else {
      problems.append(
        refusal.part("the name '\(name.last ?? "")'", reason: "a bracket can not stand in a name"))
      return
    }
    written.bytes.append(UInt8(ascii: "="))
    PercentEncoding.append(value.utf8, escaping: also, to: &written.bytes)
  }

  private mutating func writeParameter(_ name: String, _ text: String) {
    writePlain(isInFilter ? ["filter", name] : [name], text, escaping: isInFilter ? "," : "")
  }

  /// `a,b`: names whose commas are data.
  mutating func writeNames(_ name: [String], _ names: [String]) {
    writePlain(name, "")
    for (position, text) in names.enumerated() {
      if position > 0 { written.bytes.append(UInt8(ascii: ",")) }
      PercentEncoding.append(text.utf8, escaping: ",", to: &written.bytes)
    }
  }
}
