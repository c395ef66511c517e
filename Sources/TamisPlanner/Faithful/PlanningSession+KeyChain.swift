import TamisModel
import TamisSyntax

/// A criterion whose key is in the list. Its values have no types yet: it may hold for fields of several types.
struct KeyChainCriterion {
  var key: KeyChainKey
  /// The one type that it is for: `filter[anime][year]=2000`.
  var scope: String?
  /// One value, or the items of a list. An empty value is none at all.
  var items: [ParsedText]
  var isList: Bool
  /// `filter[usage-gt]`
  var name: String
  /// `filter.usage-gt`
  var attribute: String
  var span: SourceSpan
  var nameSpan: SourceSpan
  var hasEffect = false
  /// Why it has none.
  var reason: String?

  var isNull: Bool { !isList && items[0].isEmpty }

  var connective: ParsedConnective { key.joint == .or ? .or : .and }
}

/// Names of types, and their fields: the resource's own first.
struct KeyChainTypes {
  struct Entry {
    var name: String
    var fields: [Field]
  }

  let entries: [Entry]
  let deletes: Bool

  init(_ resource: Resource, _ rules: KeyChainRules) {
    let own = resource.fields.filter { !$0.isHidden && $0.operators != .none }
    entries =
      [Entry(name: resource.type, fields: own)]
      + rules.relatedTypes.map { Entry(name: $0.name, fields: $0.fields) }
    deletes = rules.deletionField != nil
  }

  func contains(_ name: String) -> Bool { entries.contains { $0.name == name } }

  /// A key of one type, or of any.
  func key(_ text: String, of type: String?) -> KeyChainKey? {
    for entry in entries where type == nil || entry.name == type {
      let key = KeyChainKey(text, deletes: deletes) { name in entry.fields.first { $0.name == name } }
      if let key { return key }
    }
    return nil
  }

  /// A field by whose type values are checked.
  // AnimeThemes: where several types have a field of that name, the first.
  func field(_ name: String, of type: String?) -> Field? {
    for entry in entries where type == nil || entry.name == type {
      if let field = entry.fields.first(where: { $0.name == name }) { return field }
    }
    return nil
  }

  func keys(of type: String?) -> [String] {
    entries.filter { type == nil || $0.name == type }.flatMap { $0.fields.map(\.name) }
  }
}

extension PlanningSession {
  mutating func readKeyChain(_ rules: KeyChainRules) {
    guard dialect != .body else {
      return report(.notSupported(feature: "a filter in the body"), SourceSpan(0, parsed.sourceCount))
    }
    let types = KeyChainTypes(resource, rules)
    var criteria: [KeyChainCriterion] = []
    var request = KeyChainParts()
    for parameter in parsed.parameters {
      switch string(parameter.name.first) {
      case "filter": readFilter(parameter, types, rules, &criteria)
      case "sort": request.sort.append(parameter)
      case "page": request.page.append(parameter)
      case "fields": request.fields.append(parameter)
      case "include": request.include.append(parameter)
      case let name where name == rules.searchParameter: refuseSearch(parameter, name, rules)
      // Laravel: names without a rule are left alone.
      default:
        let name = displayName(parameter.name, nil)
        ignore(.unknownParameter(name: name), parameter.name.span, name)
      }
    }
    checkClauses(criteria)
    for criterion in criteria { check(criterion, types, rules) }
    readKeyChainPage(request.page, rules)
    let paths = readKeyChainInclusion(request.include, rules)
    let inclusions = bag.hasErrors ? [] : paths.map { inclusion($0, &criteria, rules) }
    let selection = readKeyChainSelection(request.fields, types)
    let sort = readKeyChainSort(request.sort, types, rules)
    if sort != nil || selection != nil || !inclusions.isEmpty {
      choices = QueryChoices(
        sort: sort, selection: selection, inclusions: inclusions)
    }
    if !bag.hasErrors { writeKeyChain(&criteria, types, rules) }
  }

  private mutating func checkClauses(_ criteria: [KeyChainCriterion]) {
    let limit = resource.limits.clauses
    if criteria.count > limit { report(.tooManyClauses(limit: limit), criteria[limit].span) }
  }

  // MARK: Keys

  private mutating func readFilter(
    _ parameter: ParsedParameter, _ types: KeyChainTypes, _ rules: KeyChainRules,
    _ criteria: inout [KeyChainCriterion]
  ) {
    if isProhibited("filter", parameter, rules) { return }
    let path = parsed.rest(of: parameter.name).map { string($0) }
    guard let first = path.first else { return refuseScalar("filter", parameter) }
    if types.contains(first) {
      guard path.count > 1 else { return refuseScalar("filter." + first, parameter) }
      guard let key = types.key(path[1], of: first) else {
        return refuseKey("filter." + first, path[1], parameter, types.keys(of: first))
      }
      guard path.count == 2 else { return refuseArray("filter.\(first).\(path[1])", parameter) }
      criteria.append(criterion(key, parameter, scope: first, attribute: "filter.\(first).\(path[1])"))
    } else if let key = types.key(first, of: nil) {
      guard path.count == 1 else { return refuseArray("filter." + first, parameter) }
      criteria.append(criterion(key, parameter, scope: nil, attribute: "filter." + first))
    } else {
      refuseKey("filter", first, parameter, types.keys(of: nil))
    }
  }

  private mutating func criterion(
    _ key: KeyChainKey, _ parameter: ParsedParameter, scope: String?, attribute: String
  ) -> KeyChainCriterion {
    let text = parameter.value.text
    let range = trimmed(text)
    let isList = parsed.buffer[range].contains(UInt8(ascii: ","))
    let limit = resource.limits.listItems
    var items = isList ? parsed.decodedItems(range, of: text, at: UInt8(ascii: ","), limit: limit + 1) : []
    if items.count > limit {
      report(.tooManyItems(limit: limit), text.span, displayName(parameter.name, nil))
    }
    if !isList { items = [parsed.piece(range, of: text)] }
    return KeyChainCriterion(
      key: key, scope: scope, items: items, isList: isList, name: displayName(parameter.name, nil),
      attribute: attribute, span: parameter.name.span.union(text.span), nameSpan: parameter.name.span)
  }

  /// Laravel: blanks around a value are cut off, and what is then empty is null.
  func trimmed(_ text: ParsedText) -> Range<Int> {
    let bytes = parsed.bytes(of: text)
    let isBlank = { (byte: UInt8) in byte == 0x20 || byte &- 9 < 5 || byte == 0 }
    guard let first = bytes.firstIndex(where: { !isBlank($0) }),
      let last = bytes.lastIndex(where: { !isBlank($0) })
    else { return text.range.lowerBound..<text.range.lowerBound }
    return first..<last + 1
  }

  // MARK: Refusals

  /// Laravel's validator answers with this status.
  static let unprocessable = 422

  mutating func refuse(
    _ problem: Problem, _ span: SourceSpan, _ name: String, _ attribute: String, _ answer: String?,
    suggestion: String? = nil
  ) {
    refuse(
      problem, span, name, status: Self.unprocessable, answer: answer, attribute: attribute,
      suggestion: suggestion)
  }

  private mutating func refuseKey(
    _ attribute: String, _ key: String, _ parameter: ParsedParameter, _ keys: [String]
  ) {
    let name = displayName(parameter.name, nil)
    // Laravel: the same sentence for every key, and for what is no array.
    refuse(
      .unknownParameter(name: name), parameter.name.span, name, attribute,
      "The \(attribute) must be an array.",
      suggestion: bag.isFull ? nil : NearestName.find(key, among: keys))
  }

  /// A value where names in brackets are due.
  mutating func refuseScalar(_ attribute: String, _ parameter: ParsedParameter) {
    let name = displayName(parameter.name, nil)
    if trimmed(parameter.value.text).isEmpty {
      refuse(
        .emptyValue(type: "list of names"), parameter.name.span, name, attribute,
        "The \(attribute) field is required.")
    } else {
      refuse(
        .wrongShape(expected: "\(name)[…]", found: name), parameter.name.span, name, attribute,
        "The \(attribute) must be an array.")
    }
  }

  // AnimeThemes: building the rules fails.
  private mutating func refuseArray(_ attribute: String, _ parameter: ParsedParameter) {
    let name = displayName(parameter.name, nil)
    refuse(
      .wrongShape(expected: "one value", found: name), parameter.name.span, name, status: 500,
      answer: "Array to string conversion", attribute: attribute)
  }

  /// Whether the endpoint has no use for a part of a request.
  mutating func isProhibited(_ part: String, _ parameter: ParsedParameter, _ rules: KeyChainRules) -> Bool {
    guard rules.showsOneRecord, part == "page" || rules.relatedPaths.isEmpty else { return false }
    refuseProhibited(part, parameter)
    return true
  }

  mutating func refuseProhibited(_ part: String, _ parameter: ParsedParameter) {
    let name = displayName(parameter.name, nil)
    refuse(
      .notSupported(feature: "'\(part)'"), parameter.name.span, name, part, "The \(part) field is prohibited."
    )
  }

  private mutating func refuseSearch(_ parameter: ParsedParameter, _ name: String, _ rules: KeyChainRules) {
    if rules.isSearchable {
      // Another engine would answer, by other rules.
      report(.notSupported(feature: "searching with '\(name)'"), parameter.name.span, name)
    } else {
      refuseProhibited(name, parameter)
    }
  }
}

/// The parameters of a request beside its filter.
struct KeyChainParts {
  var sort: [ParsedParameter] = []
  var page: [ParsedParameter] = []
  var fields: [ParsedParameter] = []
  var include: [ParsedParameter] = []
}
