import TamisModel
import TamisSyntax

/// The filters of properties. Each goes through all names of the request, in their order.
extension DeclaredFilterReading {
  mutating func read(_ filter: DeclaredFilterTable.Filter) {
    switch filter.kind {
    case .exists: return readExists(filter)
    case .order: return
    case .date, .range, .numeric, .boolean, .enumeration, .search: break
    }
    for root in tree.roots {
      guard let property = filter.properties[root.key], let leaf = root.value.firstLeaf else { continue }
      guard isWithinLimit(leaf) else { return }
      read(root.value, of: property, by: filter.kind)
    }
  }

  private mutating func read(
    _ value: FormValue, of property: DeclaredFilterTable.Property, by kind: PropertyFilter.Kind
  ) {
    guard case .field(let target) = property.subject else { return }
    switch kind {
    case .date(let nulls): readDates(value, target, nulls)
    case .range: readRange(value, target)
    case .numeric: readNumbers(value, target)
    case .boolean: readBoolean(value, target)
    case .enumeration: readCases(value, target)
    case .search(let strategy): readSearch(value, property, target, strategy)
    case .exists, .order: break
    }
  }

  // MARK: Booleans

  // API Platform: `true`, `1`, `false` and `0`, in these letters.
  private mutating func readBoolean(_ value: FormValue, _ target: FilterTarget) {
    guard case .text(let leaf) = value else {
      return pass(value, .wrongShape(expected: "true or false", found: "a list"))
    }
    guard let flag = Coercion.flag(session.parsed.buffer, range(leaf)) else {
      return pass(value, .invalidValue(text: text(leaf), type: FieldType.boolean.noun, reason: nil))
    }
    use(value)
    add(
      compare(target, .equal, Operand(.boolean, number: flag ? 1 : 0), leaf), .field(target))
  }

  // MARK: Cases

  // API Platform: one valid value is enough for the whole list to be asked for, as it was written.
  private mutating func readCases(_ value: FormValue, _ target: FilterTarget) {
    let entries: [FormEntry]
    switch value {
    case .text: entries = [FormEntry(key: "0", value: value)]
    case .array(let given): entries = given
    }
    guard entries.contains(where: { isTruthyCase($0.value, target) }) else { return passCases(value, target) }
    use(value)
    guard let leaf = value.firstLeaf else { return }
    if entries.count == 1, entries[0].key != "0" {
      // API Platform looks for the key 0, and compares with nothing.
      session.ignore(
        .invalidKey(name: entries[0].key, rule: "a lone value is looked for under 0, so nothing is found"),
        leaves[leaf].name.span, name(leaf))
      return add(never(target, leaf), .field(target))
    }
    // Doctrine: of an array inside the list, the first value.
    let items = entries.compactMap(\.value.firstLeaf)
    let operands = items.compactMap { caseOperand($0, target) }
    if operands.count == 1, entries.count == 1 {
      return add(compare(target, .equal, operands[0], leaf), .field(target))
    }
    for item in items where caseOperand(item, target) == nil { warnOfCase(item, target) }
    add(member(target, operands, leaf), .field(target))
  }

  // API Platform: a value that PHP takes for false does not count, though it is valid.
  private func isTruthyCase(_ value: FormValue, _ target: FilterTarget) -> Bool {
    guard case .text(let leaf) = value, !isEmpty(leaf), caseOperand(leaf, target) != nil else { return false }
    if isNumbered(target) { return PHPNumber.filteredInteger(session.parsed.buffer, range(leaf)) != 0 }
    return !bytes(leaf).elementsEqual("0".utf8)
  }

  /// Whether the cases are stored as integers.
  private func isNumbered(_ target: FilterTarget) -> Bool {
    target.enumeration?.cases.allSatisfy { if case .integer = $0.stored { true } else { false } } ?? false
  }

  private func caseOperand(_ leaf: Int, _ target: FilterTarget) -> Operand? {
    guard let enumeration = target.enumeration else { return nil }
    let index: Int?
    if isNumbered(target), let number = PHPNumber.filteredInteger(session.parsed.buffer, range(leaf)) {
      index = enumeration.cases.firstIndex { $0.stored == .integer(Int64(number)) }
    } else {
      index = isNumbered(target) ? nil : enumeration.cases.firstIndex { $0.name == text(leaf) }
    }
    return index.map { Operand(.enumerationCase, number: Int64($0)) }
  }

  private func caseNames(_ target: FilterTarget) -> [String] { target.enumeration?.cases.map(\.name) ?? [] }

  private mutating func passCases(_ value: FormValue, _ target: FilterTarget) {
    let names = caseNames(target)
    for leaf in value.leaves {
      let text = text(leaf)
      pass(.text(leaf), .unknownCase(text: text, cases: names), text: text, among: names)
    }
  }

  private mutating func warnOfCase(_ leaf: Int, _ target: FilterTarget) {
    guard !session.bag.isFullOfWarnings else { return }
    let names = caseNames(target)
    session.ignore(
      .unknownCase(text: text(leaf), cases: names), valueSpan(leaf), name(leaf),
      suggestion: NearestName.find(text(leaf), among: names))
  }

  // MARK: Existence

  private mutating func readExists(_ filter: DeclaredFilterTable.Filter) {
    guard let value = tree[rules.existsParameter] else { return }
    guard case .array(let entries) = value else {
      return pass(value, .wrongShape(expected: "the name of a property in brackets", found: "a value"))
    }
    for entry in entries {
      guard let property = filter.properties[entry.key] else {
        pass(entry.value, .unknownField(name: entry.key))
        continue
      }
      guard let leaf = entry.value.firstLeaf, isWithinLimit(leaf) else { return }
      readExistence(entry.value, property.subject)
    }
  }

  // API Platform: an empty value means true.
  mutating func readExistence(
    _ value: FormValue, _ subject: FilterSubject, by connective: FilterJunction.Connective = .and
  ) {
    guard case .text(let leaf) = value else {
      return pass(value, .wrongShape(expected: "true or false", found: "a list"))
    }
    guard let flag = isEmpty(leaf) ? true : Coercion.flag(session.parsed.buffer, range(leaf)) else {
      return pass(value, .invalidValue(text: text(leaf), type: FieldType.boolean.noun, reason: nil))
    }
    switch subject {
    case .field(let target):
      guard target.isNullable else {
        return pass(
          value, .notSupported(feature: "a test for null on a field that always has a value"))
      }
      use(value)
      add(isNull(target, isNegated: flag, leaf), subject, by: connective)
    case .relation(let path):
      use(value)
      guard let relation = path.last else { return }
      var node = PredicateNode(kind: .any)
      node.other = FieldID(relation)
      node.isNegated = !flag
      node.span = span(leaf)
      add(.leaf(FilterLeaf(node: node, path: Array(path.dropLast()))), subject, by: connective)
    }
  }

  // MARK: Order

  // API Platform: keys weigh in the order in which the query string first names them.
  mutating func readOrders() {
    let filters = table.filters.filter { if case .order = $0.kind { true } else { false } }
    guard !filters.isEmpty, let value = tree[rules.orderParameter] else { return }
    guard case .array(let entries) = value else {
      return pass(value, .wrongShape(expected: "the name of a property in brackets", found: "a value"))
    }
    for entry in entries {
      if let filter = filters.first(where: { $0.properties[entry.key] != nil }),
        case .order(let nulls, let emptyDirection) = filter.kind, let property = filter.properties[entry.key]
      {
        readOrder(entry.value, property, nulls, emptyDirection: emptyDirection)
      } else {
        pass(entry.value, .unknownField(name: entry.key))
      }
    }
  }

  mutating func readOrder(
    _ value: FormValue, _ property: DeclaredFilterTable.Property, _ nulls: SortOrder.Nulls?,
    emptyDirection: SortKey.Direction?
  ) {
    guard case .field(let target) = property.subject else { return }
    guard case .text(let leaf) = value else {
      return pass(value, .wrongShape(expected: "'asc' or 'desc'", found: "a list"))
    }
    var direction = SortKey.Direction(word: text(leaf))
    // API Platform: `0` is as empty as nothing, to PHP.
    if isEmpty(leaf) || bytes(leaf).elementsEqual("0".utf8) { direction = emptyDirection }
    guard let direction else {
      return pass(value, .invalidValue(text: text(leaf), type: "direction", reason: "it is 'asc' or 'desc'"))
    }
    guard !order.contains(where: { $0.field == target.field }) else {
      return pass(value, .repeatedSortKey(field: property.name))
    }
    use(value)
    order.append(
      SortKey(
        field: target.field, direction: direction, nulls: (nulls ?? rules.nulls).placement(direction)))
  }
}
