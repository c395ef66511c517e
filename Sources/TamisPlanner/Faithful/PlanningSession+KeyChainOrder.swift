import TamisModel
import TamisSyntax

/// Order, page, fields and inclusion of a server with a closed list of keys.
extension PlanningSession {
  // MARK: Order

  mutating func readKeyChainSort(
    _ parameters: [ParsedParameter], _ types: KeyChainTypes, _ rules: KeyChainRules
  ) -> [SortKey]? {
    var keys: [SortKey] = []
    for parameter in parameters where !isProhibited("sort", parameter, rules) {
      let path = parsed.rest(of: parameter.name).map { string($0) }
      guard let type = path.first else {
        readOrder(parameter, sortNames(nil, types, rules), "sort", rules, into: &keys)
        continue
      }
      guard types.contains(type), path.count == 1 else {
        refuseNames("sort", parameter, suggestion: type)
        continue
      }
      let own = type == resource.type
      if own {
        readOrder(parameter, sortNames(type, types, rules), "sort." + type, rules, into: &keys)
      } else {
        var others: [SortKey] = []
        readOrder(parameter, sortNames(type, types, rules), "sort." + type, rules, into: &others)
        ignoreRelated(parameter)
      }
    }
    guard !keys.isEmpty || random != nil else { return nil }
    SortKey.complete(&keys, with: resource.primaryKey, direction: random == nil ? nil : .ascending)
    return keys
  }

  private func sortNames(_ type: String?, _ types: KeyChainTypes, _ rules: KeyChainRules) -> [String] {
    let isOwn = type == nil || type == resource.type
    let fields = isOwn ? resource.fields : types.entries.first { $0.name == type }?.fields ?? []
    let renamed = rules.sortNames.filter { _ in isOwn }
    return fields.filter { $0.isSortable && !$0.isHidden }.map(\.name)
      .filter { !renamed.values.contains($0) } + renamed.keys.sorted()
      + (resource.allowsRandomOrder ? [RandomOrder.name] : [])
  }

  private mutating func readOrder(
    _ parameter: ParsedParameter, _ names: [String], _ attribute: String, _ rules: KeyChainRules,
    into keys: inout [SortKey]
  ) {
    guard let items = listItems(parameter, attribute) else { return }
    let name = displayName(parameter.name, nil)
    let allowed = names + names.filter { $0 != RandomOrder.name }.map { "-" + $0 }
    let isFine = checkItems(items, .names(allowed, inAnyCase: false), name: name, attribute: attribute)
    checkDirections(items, name, attribute)
    checkSoleRandom(items, name, attribute)
    guard isFine, attribute == "sort" || attribute == "sort." + resource.type else { return }
    for item in items { appendKey(item, rules, into: &keys) }
  }

  private mutating func appendKey(_ item: ParsedText, _ rules: KeyChainRules, into keys: inout [SortKey]) {
    let text = string(item)
    if text == RandomOrder.name, resource.allowsRandomOrder {
      random = (keys.count, item.span)
      return
    }
    let isDescending = text.hasPrefix("-")
    let name = isDescending ? String(text.dropFirst()) : text
    guard let field = resource.field(named: rules.sortNames[name] ?? name) else { return }
    // The types of one request may order by one field each.
    guard !keys.contains(where: { $0.field == field }) else { return }
    // MySQL: null is the smallest value.
    keys.append(
      SortKey(
        field: field, direction: isDescending ? .descending : .ascending,
        nulls: isDescending ? .last : .first))
  }

  private mutating func checkDirections(_ items: [ParsedText], _ name: String, _ attribute: String) {
    let texts = Set(items.map { string($0) })
    guard let repeated = items.first(where: { texts.contains("-" + string($0)) }) else { return }
    refuse(
      .repeatedSortKey(field: string(repeated)), repeated.span, name, attribute,
      "The \(attribute) field has a duplicate value.")
  }

  private mutating func checkSoleRandom(_ items: [ParsedText], _ name: String, _ attribute: String) {
    guard items.count > 1, let random = items.first(where: { string($0) == RandomOrder.name }) else { return }
    refuse(
      .sortKeyWithoutEffect(field: RandomOrder.name), random.span, name, attribute,
      "The \(attribute) field prohibits random unless it is the sole value.")
  }

  /// The items of a value that is a list in commas; nil, and a refusal, for none and for an array.
  private mutating func listItems(_ parameter: ParsedParameter, _ attribute: String) -> [ParsedText]? {
    let name = displayName(parameter.name, nil)
    let text = parameter.value.text
    let range = trimmed(text)
    guard !range.isEmpty else {
      refuse(
        .emptyValue(type: "list"), parameter.name.span, name, attribute, "The \(attribute) field is required."
      )
      return nil
    }
    let limit = resource.limits.listItems
    let items = parsed.decodedItems(range, of: text, at: UInt8(ascii: ","), limit: limit + 1)
    if items.count > limit {
      report(.tooManyItems(limit: limit), text.span, name)
      return nil
    }
    return items
  }

  private mutating func refuseNames(_ attribute: String, _ parameter: ParsedParameter, suggestion: String) {
    let name = displayName(parameter.name, nil)
    refuse(
      .unknownType(name: suggestion), parameter.name.span, name, attribute,
      "The \(attribute) must be an array.",
      suggestion: NearestName.find(suggestion, among: [resource.type]))
  }

  private mutating func ignoreRelated(_ parameter: ParsedParameter) {
    let name = displayName(parameter.name, nil)
    ignore(
      .withoutEffect(name: name, reason: "it is about related records"),
      parameter.name.span.union(parameter.value.text.span), name)
  }

  // MARK: Pages

  mutating func readKeyChainPage(_ parameters: [ParsedParameter], _ rules: KeyChainRules) {
    guard case .pages(let defaultSize, let maximum) = resource.paging else { return }
    var number: (value: Int, parameter: ParsedParameter)?
    for parameter in parameters where !isProhibited("page", parameter, rules) {
      let path = parsed.rest(of: parameter.name).map { string($0) }
      switch path.first {
      case "number": number = pageNumber(parameter, path, maximum: nil).map { ($0, parameter) } ?? number
      case "size" where maximum != nil:
        if let size = pageNumber(parameter, path, maximum: maximum ?? defaultSize) { page.limit = size }
      case .some(let other):
        let name = displayName(parameter.name, nil)
        refuse(
          .unknownPageSetting(name: name), parameter.name.span, name, "page", "The page must be an array.",
          suggestion: NearestName.find(other, among: ["number", "size"]))
      case nil: refuseScalar("page", parameter)
      }
    }
    if let number { setOffset(number.value, number.parameter) }
  }

  private mutating func pageNumber(_ parameter: ParsedParameter, _ path: [String], maximum: Int?) -> Int? {
    let name = displayName(parameter.name, nil)
    let attribute = "page." + path[0]
    let text = parsed.piece(trimmed(parameter.value.text), of: parameter.value.text)
    let problem = Problem.pageOutOfBounds(
      name: name, text: string(text), minimum: 1, maximum: maximum ?? .max)
    if text.isEmpty, path.count == 1 {
      refuse(problem, parameter.name.span, name, attribute, "The \(attribute) field is required.")
      return nil
    }
    guard path.count == 1, let number = PHPNumber.filteredInteger(parsed.buffer, text.range) else {
      refuse(problem, text.span, name, attribute, "The \(attribute) must be an integer.")
      return nil
    }
    if number < 1 {
      refuse(problem, text.span, name, attribute, "The \(attribute) must be at least 1.")
      return nil
    }
    if let maximum, number > maximum {
      refuse(problem, text.span, name, attribute, "The \(attribute) must not be greater than \(maximum).")
      return nil
    }
    return number
  }

  private mutating func setOffset(_ number: Int, _ parameter: ParsedParameter) {
    let (offset, isOver) = (number - 1).multipliedReportingOverflow(by: page.limit)
    guard isOver else {
      page.offset = offset
      return
    }
    let name = displayName(parameter.name, nil)
    let text = parameter.value.text
    // MySQL: an offset beyond 64 bits is no number to it.
    refuse(
      .pageOutOfBounds(
        name: name, text: string(text), minimum: 1, maximum: Int.max / Swift.max(page.limit, 1)),
      text.span, name, status: 500)
  }

  // MARK: Fields

  mutating func readKeyChainSelection(
    _ parameters: [ParsedParameter], _ types: KeyChainTypes
  ) -> [FieldID]? {
    var selection: Set<FieldID>?
    for parameter in parameters {
      let path = parsed.rest(of: parameter.name).map { string($0) }
      guard let type = path.first else {
        refuseScalar("fields", parameter)
        continue
      }
      guard types.contains(type) else {
        refuseNames("fields", parameter, suggestion: type)
        continue
      }
      let attribute = "fields." + type
      guard path.count == 1 else {
        let name = displayName(parameter.name, nil)
        refuse(.wrongShape(expected: "one value", found: name), parameter.name.span, name, attribute, nil)
        continue
      }
      guard let items = listItems(parameter, attribute) else { continue }
      let own = type == resource.type
      let names =
        types.entries.first { $0.name == type }?.fields.map(\.name) ?? []
      checkItems(
        items, .names(names, inAnyCase: false), name: displayName(parameter.name, nil), attribute: attribute)
      if own {
        selection = Set(items.compactMap { resource.field(named: string($0)) })
      } else {
        ignoreRelated(parameter)
      }
    }
    return selection?.sorted { $0.index < $1.index }
  }

  // MARK: Inclusion

  mutating func readKeyChainInclusion(_ parameters: [ParsedParameter], _ rules: KeyChainRules) -> [String] {
    var inclusion: [String] = []
    for parameter in parameters {
      if rules.relatedPaths.isEmpty {
        refuseProhibited("include", parameter)
        continue
      }
      guard parameter.name.restCount == 0 else {
        let name = displayName(parameter.name, nil)
        refuse(.wrongShape(expected: "one value", found: name), parameter.name.span, name, "include", nil)
        continue
      }
      guard let items = listItems(parameter, "include") else { continue }
      let paths = rules.relatedPaths.map(\.path)
      checkItems(items, .names(paths, inAnyCase: false), name: "include", attribute: "include")
      inclusion = items.map { string($0) }
    }
    return inclusion
  }
}
