import TamisModel

/// Random requests in every query dialect, each with what it means.
public struct RequestGenerator {
  let resource: Resource
  private let pool: OperandPool
  var random: RandomSource

  public init(_ generated: GeneratedResource, random: RandomSource) {
    resource = generated.resource
    pool = OperandPool(resource: generated.resource, records: generated.records)
    self.random = random
  }

  /// Of several requests the one that the caller rates lowest: what has been tried least.
  public mutating func request(of count: Int, rating: (WrittenRequest) -> Int) -> WrittenRequest {
    let requests = (0..<count).map { _ in request() }
    return requests.min { rating($0) < rating($1) } ?? request()
  }

  public mutating func request() -> WrittenRequest {
    let dialect = random.pick(QueryDialect.allCases + [.body])
    return dialect == .body ? bodyRequest() : urlRequest(dialect)
  }

  // MARK: URLs

  private mutating func urlRequest(_ dialect: QueryDialect) -> WrittenRequest {
    var request = WrittenRequest(
      dialect: dialect, text: "", filter: .all([]), parameters: [], order: nil, page: defaultPage)
    var pairs = dialect == .jsonAPIKeys ? chain(&request) : criteria(dialect, &request)
    pairs += parameters(dialect, &request)
    pairs += order(dialect, &request)
    pairs += page(dialect, &request)
    request.text = pairs.joined(separator: random.chance(5) ? "&&" : "&")
    return request
  }

  private var defaultPage: Page { Page(limit: resource.paging.defaultLimit, offset: 0) }

  func spellings(_ dialect: QueryDialect) -> [OperatorNames.Spelling] {
    switch dialect {
    case .jsonAPI: [.jsonAPI]
    case .jsonAPIKeys: [.jsonAPIKeys]
    case .suffix: [.suffix]
    case .bracket: [.bracket]
    case .mixed: [.jsonAPI, .suffix, .bracket]
    case .body: [.body]
    }
  }

  func urlOperators(_ spelling: OperatorNames.Spelling) -> OperatorSet {
    let all = OperatorSet(Operator.allCases).subtracting([.jsonContains])
    return spelling == .bracket ? all : all.subtracting([.exists])
  }

  var clauseGenerator: ClauseGenerator {
    ClauseGenerator(resource: resource, pool: pool, isBody: false)
  }

  mutating func relation() -> String? {
    guard !resource.relations.isEmpty, random.chance(15) else { return nil }
    return random.pick(resource.relationPaths)
  }

  private mutating func criteria(_ dialect: QueryDialect, _ request: inout WrittenRequest) -> [String] {
    var pairs: [String] = []
    var filters: [WrittenFilter] = []
    var names: Set<String> = []
    for _ in 0..<random.within(0...3) {
      let spelling = random.pick(spellings(dialect))
      guard let clause = clauseGenerator.clause(relation(), operators: urlOperators(spelling), &random),
        let pair = ClauseSpeller(type: resource.type).pair(clause, spelling, &random),
        names.insert(pair.name).inserted
      else { continue }
      pairs.append(pair.text)
      filters.append(quantified(clause))
    }
    for group in groups(dialect) {
      filters.append(group.filter)
      pairs += group.pairs
    }
    pairs = random.chance(50) ? random.shuffled(pairs) : pairs
    request.filter = .all(filters)
    if dialect == .suffix || dialect == .mixed, random.chance(25) {
      let isOr = random.chance(70)
      pairs.insert("logical_operator=" + random.pick(isOr ? ["or", "OR"] : ["and", "And"]), at: 0)
      if isOr, !filters.isEmpty { request.filter = .some(filters) }
    }
    return pairs
  }

  /// A clause on an element's field asks for one such element.
  func quantified(_ clause: WrittenClause) -> WrittenFilter {
    quantified(.clause(clause), along: clause.relation)
  }

  /// `a.b`: some element of some element.
  func quantified(_ filter: WrittenFilter, along path: String?) -> WrittenFilter {
    (path ?? "").split(separator: ".").reversed().reduce(filter) { .any(String($1), $0) }
  }

  /// A relation to ask for inside another, and its name there: at times at a distance.
  mutating func inner(of scope: String?) -> (name: String, path: String)? {
    let prefix = scope.map { $0 + "." } ?? ""
    let paths = resource.relationPaths.filter { $0.hasPrefix(prefix) }
    let near = paths.filter { !$0.dropFirst(prefix.count).contains(".") }
    guard !near.isEmpty else { return nil }
    let path = random.pick(random.chance(80) ? near : paths)
    return (String(path.dropFirst(prefix.count)), path)
  }

  // MARK: The chain

  private mutating func chain(_ request: inout WrittenRequest) -> [String] {
    let groups = groups(.jsonAPIKeys)
    if !groups.isEmpty {
      request.filter = .all(groups.map(\.filter))
      return random.shuffled(groups.flatMap(\.pairs))
    }
    var links: [(filter: WrittenFilter, isOr: Bool, isTyped: Bool)] = []
    var pairs: [String] = []
    var names: Set<String> = []
    for _ in 0..<random.within(0...4) {
      let connective = random.pick([nil, nil, "and", "or", "or"])
      let isTyped = random.chance(20)
      guard let clause = clauseGenerator.clause(relation(), operators: urlOperators(.jsonAPIKeys), &random),
        let pair = ClauseSpeller(type: resource.type).keyed(
          clause, connective: connective, isTyped: isTyped, &random),
        names.insert(pair.name).inserted
      else { continue }
      pairs.append(pair.text)
      links.append((quantified(clause), connective == "or", isTyped))
    }
    // Keys of the type stand together, where the type first appears.
    let first = links.firstIndex(where: \.isTyped) ?? links.endIndex
    let ordered =
      links[..<first] + links.filter(\.isTyped) + links.suffix(from: first).filter { !$0.isTyped }
    var alternatives: [[WrittenFilter]] = []
    for (index, link) in ordered.enumerated() {
      if index == 0 || link.isOr { alternatives.append([]) }
      alternatives[alternatives.count - 1].append(link.filter)
    }
    if !alternatives.isEmpty { request.filter = .some(alternatives.map { .all($0) }) }
    return pairs
  }

  // MARK: Parameters

  private mutating func parameters(_ dialect: QueryDialect, _ request: inout WrittenRequest) -> [String] {
    var pairs: [String] = []
    for parameter in resource.parameters where random.chance(60) {
      let operand = argument(parameter, isBody: false)
      request.parameters.append(WrittenParameter(parameter: parameter, operand: operand))
      let isFilter = dialect == .jsonAPIKeys || (dialect == .jsonAPI && random.chance(50))
      let name = isFilter ? "filter[\(parameter.name)]" : parameter.name
      pairs.append(name + "=" + PercentSpelling.value(operand.text, also: ",", &random))
    }
    return pairs
  }

  private mutating func argument(_ parameter: Parameter, isBody: Bool) -> WrittenOperand {
    switch parameter.meaning {
    case .value(let type, let condition):
      return argument(type, condition, isBody: isBody)
    case .flag: return argument(.boolean, .always, isBody: isBody)
    case .choice(let choices, _):
      let name = random.pick(choices).name
      return WrittenOperand(meaning: .value(.null), text: name, json: .string(name))
    case .list, .choices, .objects, .entries: return structured(parameter, isBody: isBody)
    case .selecting: return argument(.boolean, .always, isBody: isBody)
    case .ignored: return WrittenOperand(meaning: .value(.null), text: "", json: .null)
    }
  }

  private mutating func argument(_ type: FieldType, _ condition: Condition, isBody: Bool) -> WrittenOperand {
    let field = Field("argument", type)
    var value = ValueGenerator.value(type, &random)
    if let name = Self.comparedField(condition), resource.field(named: name) != nil {
      value = pool.value(FieldPath(name), relation: nil, &random)
    }
    var operand = OperandWriter(pool: pool, isBody: isBody).spelled(value, field, &random)
    // An integer parameter of a body is a JSON number.
    if type == .integer, case .string(let text) = operand.json { operand.json = .number(text) }
    return operand
  }

  private static func comparedField(_ condition: Condition) -> String? {
    switch condition {
    case .compare(let name, _, .argument): name
    case .allOf(let parts), .anyOf(let parts): parts.lazy.compactMap(comparedField).first
    case .not(let inner): comparedField(inner)
    case .isAmong(let name): name
    case .always, .never, .compare, .isIn, .isNull, .isNotNull, .any: nil
    }
  }

  // MARK: Lists and objects

  private mutating func structured(_ parameter: Parameter, isBody: Bool) -> WrittenOperand {
    let json = tree(parameter, isBody: isBody)
    var items: [String] = []
    if case .array(let values) = json {
      items = values.compactMap { if case .string(let text) = $0 { text } else { nil } }
    }
    return WrittenOperand(meaning: .value(.null), text: items.joined(separator: ","), json: json)
  }

  private mutating func tree(_ parameter: Parameter, isBody: Bool) -> JSONTree {
    switch parameter.meaning {
    case .list(let type, let condition):
      return .array(
        (0..<random.within(0...3)).map { _ in argument(type, condition, isBody: isBody).json })
    case .choices(let choices):
      return .array((0..<random.within(0...2)).map { _ in .string(random.pick(choices).name) })
    case .entries:
      return .object(
        random.some(random.within(0...2), of: ["campaign", "tier", "key with blank"]).map {
          JSONTree.Member($0, .string(random.pick(["gold", "free-trial", ""])))
        })
    case .objects(let members):
      return .array(
        (0..<random.within(0...3)).map { _ in
          .object(
            members.filter { _ in random.chance(50) }.map {
              JSONTree.Member($0.name, argument($0, isBody: isBody).json)
            })
        })
    case .value, .choice, .flag, .selecting, .ignored: return argument(parameter, isBody: isBody).json
    }
  }

  // MARK: Order

  private mutating func order(_ dialect: QueryDialect, _ request: inout WrittenRequest) -> [String] {
    guard let keys = sortKeys() else { return [] }
    request.order = keys
    let isBracket = dialect == .bracket || (dialect == .mixed && random.chance(50))
    if isBracket {
      return keys.map { key in
        let direction = key.direction == .ascending ? ["asc", "ASC"] : ["desc", "Desc"]
        return "order" + PercentSpelling.bracket(key.field, &random) + "=" + random.pick(direction)
      }
    }
    let names = keys.map {
      ($0.direction == .descending ? "-" : "") + PercentSpelling.value($0.field, also: ",", &random)
    }
    return ["sort=" + names.joined(separator: ",")]
  }

  private mutating func sortKeys() -> [(field: String, direction: SortKey.Direction)]? {
    let fields = resource.fields.filter(\.isSortable)
    let keys = random.some(random.within(0...3), of: fields)
      .map { (field: $0.name, direction: random.chance(50) ? SortKey.Direction.ascending : .descending) }
    return keys.isEmpty ? nil : keys
  }

  // MARK: Pages

  private mutating func page(_ dialect: QueryDialect, _ request: inout WrittenRequest) -> [String] {
    guard random.chance(60) else { return [] }
    let settings = pageSettings(&request)
    return settings.compactMap { name, value in
      switch (dialect, name) {
      case (.jsonAPI, _), (.jsonAPIKeys, _): return "page[\(name)]=\(value)"
      case (.suffix, "limit"), (.suffix, "offset"), (.mixed, "limit"), (.mixed, "offset"):
        return "\(name)=\(value)"
      case (.bracket, "number"), (.mixed, "number"): return "page=\(value)"
      case (.bracket, "size"), (.mixed, "size"): return "itemsPerPage=\(value)"
      default: return nil
      }
    } + unsupported(dialect, &request)
  }

  /// Where a dialect has no page settings of the resource's kind, the default page stays.
  private func unsupported(_ dialect: QueryDialect, _ request: inout WrittenRequest) -> [String] {
    switch (dialect, resource.paging) {
    case (.suffix, .pages), (.bracket, .limitOffset): request.page = defaultPage
    default: break
    }
    return []
  }

  private mutating func pageSettings(_ request: inout WrittenRequest) -> [(String, Int)] {
    var settings: [(String, Int)] = []
    switch resource.paging {
    case .limitOffset(_, let maximum), .cursor(_, let maximum):
      if random.chance(60) {
        request.page.limit = random.within(1...maximum)
        settings.append(("limit", request.page.limit))
      }
      if random.chance(60) {
        request.page.offset = random.within(0...10)
        settings.append(("offset", request.page.offset))
      }
    case .pages(_, let maximum):
      if let maximum, random.chance(60) {
        request.page.limit = random.within(1...maximum)
        settings.append(("size", request.page.limit))
      }
      if random.chance(60) {
        let number = random.within(1...4)
        request.page.offset = (number - 1) * request.page.limit
        settings.append(("number", number))
      }
    }
    return settings
  }

  // MARK: Bodies

  private mutating func bodyRequest() -> WrittenRequest {
    var request = WrittenRequest(
      dialect: .body, text: "", filter: .all([]), parameters: [], order: nil, page: defaultPage)
    var members: [JSONTree.Member] = []
    let filters = (0..<random.within(0...3)).compactMap { _ in bodyFilter(depth: 0, relation: nil) }
    request.filter = .all(filters.map(\.filter))
    if !filters.isEmpty || random.chance(50) {
      members.append(.init("filters", .array(filters.map(\.json))))
    }
    if random.chance(25) {
      let isOr = random.chance(70)
      members.append(.init("logical_operator", .string(isOr ? "or" : "AND")))
      if isOr, !filters.isEmpty { request.filter = .some(filters.map(\.filter)) }
    }
    members += bodyParameters(&request) + bodyOrder(&request) + bodyPage(&request)
    request.text = JSONSpelling.text(.object(random.shuffled(members)), &random)
    return request
  }

  private mutating func bodyFilter(
    depth: Int, relation: String?
  ) -> (filter: WrittenFilter, json: JSONTree)? {
    switch random.below(depth >= 3 ? 5 : 10) {
    case 5, 6:
      let isAnd = random.chance(50)
      let parts = (0..<(random.chance(5) ? 0 : random.within(1...3))).compactMap { _ in
        bodyFilter(depth: depth + 1, relation: relation)
      }
      let filters = parts.map(\.filter)
      return (
        isAnd ? .all(filters) : .some(filters),
        .object([.init(isAnd ? "and" : "or", .array(parts.map(\.json)))])
      )
    case 7, 8:
      return bodyFilter(depth: depth + 1, relation: relation).map {
        (.not($0.filter), .object([.init("not", $0.json)]))
      }
    case 9 where !resource.relations(in: relation).isEmpty:
      guard let (name, path) = inner(of: relation) else { return nil }
      return bodyFilter(depth: depth + 1, relation: path).map {
        (
          quantified($0.filter, along: name),
          .object([.init("any", .string(name)), .init("where", $0.json)])
        )
      }
    default: return bodyClause(relation)
    }
  }

  private mutating func bodyClause(_ relation: String?) -> (filter: WrittenFilter, json: JSONTree)? {
    let outer = relation == nil ? self.relation() : relation
    let operators = OperatorSet(Operator.allCases).subtracting([.exists])
    let generator = ClauseGenerator(resource: resource, pool: pool, isBody: true)
    guard let clause = generator.clause(outer, operators: operators, &random) else { return nil }
    var named = clause
    if relation != nil { named.relation = nil }
    var members: [JSONTree.Member] = [
      .init("field", .string(ClauseSpeller(type: resource.type).fieldName(named))),
      .init("operator", .string(random.pick(OperatorNames.names(clause.operation, .body)))),
    ]
    switch clause.operation.arity {
    case .none: if random.chance(20) { members.append(.init("value", .boolean(true))) }
    case .one, .flag: members.append(.init("value", clause.operands[0].json))
    case .two, .list:
      members.append(.init("values", .array(clause.operands.map(\.json))))
    }
    return (quantified(named), .object(random.shuffled(members)))
  }

  private mutating func bodyParameters(_ request: inout WrittenRequest) -> [JSONTree.Member] {
    var members: [JSONTree.Member] = []
    for parameter in resource.parameters where random.chance(60) {
      let operand = argument(parameter, isBody: true)
      request.parameters.append(WrittenParameter(parameter: parameter, operand: operand))
      members.append(.init(parameter.name, operand.json))
    }
    return members
  }

  private mutating func bodyOrder(_ request: inout WrittenRequest) -> [JSONTree.Member] {
    guard let keys = sortKeys() else { return [] }
    request.order = keys
    if keys.count == 1, random.chance(40) {
      let isDescending = keys[0].direction == .descending
      let direction = JSONTree.Member("sort_order", .string(isDescending ? "desc" : "ASC"))
      let by = JSONTree.Member("sort_by", .string(keys[0].field))
      return isDescending && random.chance(50) ? [by] : [by, direction]
    }
    return [
      .init("sort", .array(keys.map { .string(($0.direction == .descending ? "-" : "") + $0.field) }))
    ]
  }

  private mutating func bodyPage(_ request: inout WrittenRequest) -> [JSONTree.Member] {
    guard random.chance(60) else { return [] }
    return pageSettings(&request).map { name, value in
      JSONTree.Member(name == "number" ? "page" : name, .number(String(value)))
    }
  }
}
