/// Goes over a normalised filter from its leaves up: what each part can be TRUE of, field by field. AND intersects,
/// OR joins, and a field without any value left is a contradiction.
struct EmptinessAnalysis {
  let query: Query
  /// What makes the whole empty.
  private(set) var found: [Emptiness.Contradiction] = []
  /// What makes an alternative empty, but not the whole.
  private(set) var dead: [Emptiness.Contradiction] = []

  /// What a domain is about: a field, or a path inside its document as one reading sees it.
  private struct Subject: Hashable {
    var field: FieldID
    var path: [UInt8]?
    var reading: JSONReading
  }

  /// What is known of every record that a part is TRUE of. Subjects in order of appearance.
  private struct Facts {
    var isEmpty = false
    var subjects: [Subject] = []
    var domains: [Subject: ValueDomain] = [:]

    mutating func add(_ subject: Subject, _ domain: ValueDomain) {
      if let known = domains[subject] {
        domains[subject] = known.intersection(domain)
      } else {
        subjects.append(subject)
        domains[subject] = domain
      }
    }
  }

  init(query: Query) {
    self.query = query
  }

  /// Whether no record can be selected.
  mutating func run() -> Bool {
    guard !query.nodes.isEmpty else { return false }
    return analyse(0).isEmpty
  }

  /// Recursion is bounded by the depth limit.
  private mutating func analyse(_ index: Int) -> Facts {
    let node = query.nodes[index]
    switch node.kind {
    case .and: return conjunction(index)
    case .or: return disjunction(index)
    // Only before normalisation, where nothing is claimed.
    case .not, .always: return Facts()
    case .never:
      report(nil, [index])
      return Facts(isEmpty: true)
    case .any: return quantifier(index, node)
    case .compare, .compareFields, .within, .member, .pattern, .isNull, .jsonContains, .matches:
      let facts = leaf(node)
      if facts.isEmpty { report(facts.subjects.first, [index]) }
      return facts
    }
  }

  // MARK: Groups

  private mutating func conjunction(_ index: Int) -> Facts {
    var facts = Facts()
    var parts: [Subject: [(member: Int, domain: ValueDomain)]] = [:]
    for member in query.memberIndexes(of: index) {
      let inner = analyse(member)
      if inner.isEmpty { facts.isEmpty = true }
      for subject in inner.subjects {
        guard let domain = inner.domains[subject] else { continue }
        if parts[subject] == nil { facts.subjects.append(subject) }
        parts[subject, default: []].append((member, domain))
      }
    }
    for subject in facts.subjects {
      let contributions = parts[subject] ?? []
      guard let common = ValueDomain.intersection(contributions.map(\.domain)) else { continue }
      facts.domains[subject] = common
      guard common.isEmpty else { continue }
      facts.isEmpty = true
      // A part that is empty by itself has been reported.
      if !contributions.contains(where: \.domain.isEmpty) { report(subject, culprits(contributions)) }
    }
    return facts
  }

  /// Two clauses where two are enough, else all up to the one that leaves nothing.
  private func culprits(_ parts: [(member: Int, domain: ValueDomain)]) -> [Int] {
    guard var common = parts.first?.domain else { return [] }
    for (place, part) in parts.enumerated().dropFirst() {
      common = common.intersection(part.domain)
      guard common.isEmpty else { continue }
      if let other = parts[..<place].first(where: { $0.domain.intersection(part.domain).isEmpty }) {
        return [other.member, part.member]
      }
      return parts[...place].map(\.member)
    }
    return parts.map(\.member)
  }

  private mutating func disjunction(_ index: Int) -> Facts {
    let mark = found.count
    let live = query.memberIndexes(of: index).map { analyse($0) }.filter { !$0.isEmpty }
    guard let first = live.first else { return Facts(isEmpty: true) }
    dead += found[mark...]
    found.removeSubrange(mark...)
    var facts = Facts()
    // Only what every alternative says something about.
    for subject in first.subjects {
      let domains = live.compactMap { $0.domains[subject] }
      if domains.count == live.count { facts.add(subject, .union(domains)) }
    }
    return facts
  }

  /// The element's fields are its own. "No element" is TRUE of a record without elements, whatever is asked.
  private mutating func quantifier(_ index: Int, _ node: PredicateNode) -> Facts {
    let mark = found.count
    let inner = analyse(index + 1)
    guard node.isNegated else { return Facts(isEmpty: inner.isEmpty) }
    dead += found[mark...]
    found.removeSubrange(mark...)
    return Facts()
  }

  // MARK: Leaves

  private func leaf(_ node: PredicateNode) -> Facts {
    var facts = Facts()
    if node.kind == .compareFields {
      facts.add(subject(node.field), domain(node.field).notNull)
      facts.add(subject(node.other), domain(node.other).notNull)
      // A field is not less than itself, nor other than itself.
      if node.field == node.other, !node.comparison.holds(forOrder: 0) { facts.isEmpty = true }
      return facts
    }
    let field = FieldDomain(field: query.resource.field(node.field), isPath: node.hasPath)
    let domain = domain(of: node, field)
    if node.hasPath {
      addPath(node, field, domain, to: &facts)
    } else {
      facts.add(subject(node.field), domain)
    }
    facts.isEmpty = domain.isEmpty
    return facts
  }

  /// Both readings of a path agree on whether it is null, and what is not null stands in a document.
  private func addPath(
    _ node: PredicateNode, _ field: FieldDomain, _ domain: ValueDomain, to facts: inout Facts
  ) {
    let path = Array(query.bytes(of: query.operands[Int(node.path)]))
    let isNull = node.kind == .isNull && !node.isNegated
    for reading in [JSONReading.canonicalText, .sameType] {
      let isOwn = reading == node.reading || node.kind == .isNull || node.kind == .jsonContains
      facts.add(
        Subject(field: node.field, path: path, reading: reading), isOwn ? domain : field.notNull)
    }
    if !isNull { facts.add(subject(node.field), self.domain(node.field).notNull) }
  }

  private func subject(_ field: FieldID) -> Subject { Subject(field: field, path: nil, reading: .notJSON) }

  private func domain(_ field: FieldID) -> FieldDomain {
    FieldDomain(field: query.resource.field(field), isPath: false)
  }

  private func domain(of node: PredicateNode, _ field: FieldDomain) -> ValueDomain {
    switch node.kind {
    case .isNull: return node.isNegated ? field.notNull : field.onlyNull
    case .compare:
      guard let value = value(node, 0, field) else { return field.notNull }
      return field.domain(field.intervals(node.comparison, value), isNegated: false, kind: value.kind)
    case .within: return range(node, field)
    case .member: return list(node, field)
    case .pattern: return pattern(node, field)
    case .and, .or, .not, .always, .never, .any, .compareFields, .jsonContains, .matches: return field.notNull
    }
  }

  private func range(_ node: PredicateNode, _ field: FieldDomain) -> ValueDomain {
    guard let lower = value(node, 0, field), let upper = value(node, 1, field), lower.kind == upper.kind
    else { return field.notNull }
    let inside = ValueDomain.Interval(
      lower: field.before(lower), upper: node.isHalfOpen ? field.before(upper) : field.after(upper))
    return field.domain([inside], isNegated: node.isNegated, kind: lower.kind)
  }

  private func list(_ node: PredicateNode, _ field: FieldDomain) -> ValueDomain {
    let values = query.operands(of: node).map { value($0, field) }
    let known = values.compactMap { $0 }
    // An empty list is a constant after normalisation; a list of several types is left alone.
    guard let kind = known.first?.kind, known.count == values.count, known.allSatisfy({ $0.kind == kind })
    else { return field.notNull }
    return field.domain(known.map(field.point), isNegated: node.isNegated, kind: kind)
  }

  /// What matches begins with the literal text before the first wildcard.
  private func pattern(_ node: PredicateNode, _ field: FieldDomain) -> ValueDomain {
    guard let operand = query.operand(of: node, 0), operand.kind == .pattern else { return field.notNull }
    let kind = TextPattern.classify(query.buffer, operand.range)
    let isExactly = !node.ignoresCase && (kind == .exact || kind == .prefix)
    if kind == .everything { return field.domain([], isNegated: !node.isNegated, kind: .text) }
    guard isExactly || !node.isNegated else { return field.domain([], isNegated: true, kind: .text) }
    let lead = Array(query.bytes(of: operand).prefix { isLiteral($0, ignoresCase: node.ignoresCase) })
    let isPoint = isExactly && kind == .exact
    // No text that begins with the lead reaches a byte that UTF-8 does not use.
    let interval =
      isPoint
      ? field.point(.text(lead))
      : ValueDomain.Interval(lower: .before(.text(lead)), upper: .before(.text(lead + [0xFF])))
    return field.domain([interval], isNegated: node.isNegated, kind: .text)
  }

  private func isLiteral(_ byte: UInt8, ignoresCase: Bool) -> Bool {
    if byte == TextPattern.anyOne || byte == TextPattern.anyRun { return false }
    return !(ignoresCase && (byte | 0x20) &- 97 < 26)
  }

  // MARK: Operands

  /// Nil for what has no order here.
  private func value(_ node: PredicateNode, _ offset: Int, _ field: FieldDomain) -> DomainValue? {
    query.operand(of: node, offset).flatMap { value($0, field) }
  }

  private func value(_ operand: Operand, _ field: FieldDomain) -> DomainValue? {
    switch operand.kind {
    case .text, .uuid: return .text(Array(query.bytes(of: operand)))
    case .decimal: return .decimal(Array(query.bytes(of: operand)))
    case .integer, .boolean, .date, .timestamp: return .number(operand.payload)
    case .enumerationCase:
      guard let ranks = field.field.enumeration?.ranks, ranks.indices.contains(Int(operand.payload)) else {
        return nil
      }
      return .number(Int64(ranks[Int(operand.payload)]))
    case .json, .pattern, .path, .argument, .patternPlace: return nil
    }
  }

  // MARK: Reports

  private mutating func report(_ subject: Subject?, _ members: [Int]) {
    let field = subject.map { subject in
      FieldPath(
        query.resource.fullName(of: subject.field),
        keys: subject.path.map { path in
          path.split(separator: Operand.keySeparator, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        } ?? [], reading: subject.reading)
    }
    var spans: [SourceSpan] = []
    for member in members { collectSpans(member, about: subject, into: &spans) }
    spans = Set(spans).sorted()
    found.append(Emptiness.Contradiction(field: field, spans: spans))
  }

  /// The clauses of a part that are about the field; what the client did not write has no place.
  private func collectSpans(_ index: Int, about subject: Subject?, into spans: inout [SourceSpan]) {
    for node in query.nodes[index..<Int(query.nodes[index].end)] {
      guard node.span != SourceSpan(0, 0), !node.isGroup else { continue }
      if let subject, node.field != subject.field, node.other != subject.field { continue }
      spans.append(node.span)
    }
  }
}
