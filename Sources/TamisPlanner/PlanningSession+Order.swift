import TamisModel
import TamisSyntax

/// Pass 4 and 6: the order, the fields of the answer, and what to include.
extension PlanningSession {
  mutating func resolveParts() {
    guard !parsed.isFilterOnly || !declaredOrder.isEmpty || !addedFields.isEmpty else { return }
    let sort = resolvedSort()
    resolvePage()
    let selection = withAddedFields(resolvedSelection())
    let inclusion = resolvedInclusion()
    if sort != nil || selection != nil || !inclusion.isEmpty {
      choices = QueryChoices(
        sort: sort, sortSpan: writtenSortSpan, selection: selection, inclusions: inclusion)
    }
  }

  /// From the first key to the last.
  private var writtenSortSpan: SourceSpan {
    guard let first = parsed.sort.first, let last = parsed.sort.last else { return SourceSpan(0, 0) }
    return SourceSpan(first.span.start, Swift.max(first.span.end, last.span.end))
  }

  private mutating func resolvedSort() -> [SortKey]? {
    guard !parsed.sort.isEmpty || !declaredOrder.isEmpty else { return nil }
    var keys: [SortKey] = []
    keys.reserveCapacity(parsed.sort.count + 1)
    for entry in parsed.sort {
      if let type = entry.type { checkType(type, "sort[\(string(type))]") }
      if random != nil {
        report(.sortKeyWithoutEffect(field: string(entry.field)), entry.span, "sort")
        continue
      }
      if isRandom(entry) {
        setRandom(entry, position: keys.count)
        continue
      }
      guard let key = sortKey(entry) else { continue }
      if keys.contains(where: { $0.field == key.field }) {
        report(.repeatedSortKey(field: string(entry.field)), entry.span)
      } else {
        keys.append(key)
      }
    }
    for key in declaredOrder where !keys.contains(where: { $0.field == key.field }) { keys.append(key) }
    SortKey.complete(
      &keys, with: resource.primaryKey, direction: random == nil ? nil : .ascending)
    return keys
  }

  private func isRandom(_ entry: ParsedSortKey) -> Bool {
    resource.allowsRandomOrder && string(entry.field) == RandomOrder.name
  }

  // AnimeThemes: chance has no direction, so `-random` is refused.
  private mutating func setRandom(_ entry: ParsedSortKey, position: Int) {
    guard entry.direction == .ascending else {
      return report(
        .invalidValue(
          text: "-" + RandomOrder.name, type: "sort key", reason: "a random order has no direction"),
        entry.span, "sort", suggestion: RandomOrder.name)
    }
    random = (position, entry.span)
  }

  private mutating func sortKey(_ entry: ParsedSortKey) -> SortKey? {
    let name = string(entry.field)
    guard let field = resolveField(entry.field.range), planner.facts[field.field.index].relation == nil else {
      report(
        .unknownField(name: name), entry.field.span, "sort",
        suggestion: NearestName.find(name, among: sortableNames))
      return nil
    }
    guard planner.facts[field.field.index].isSortable, field.keys.isEmpty else {
      report(.notSortable(field: name), entry.field.span, "sort")
      return nil
    }
    let declared = planner.strictFilters?.orders[field.field]
    let nulls = declared?.nulls ?? .largest
    switch entry.direction {
    case .ascending: return SortKey(field: field.field, direction: .ascending, placing: nulls)
    case .descending: return SortKey(field: field.field, direction: .descending, placing: nulls)
    case .empty:
      if let direction = declared?.emptyDirection {
        return SortKey(field: field.field, direction: direction, placing: nulls)
      }
      report(.invalidValue(text: "", type: "direction", reason: "it is 'asc' or 'desc'"), entry.span, name)
      return nil
    case .invalid: return nil
    }
  }

  private var sortableNames: [String] {
    resource.fields.filter { $0.isSortable && !$0.isHidden }.map(\.name)
      + (resource.allowsRandomOrder ? [RandomOrder.name] : [])
  }

  private mutating func checkType(_ type: ParsedText, _ parameter: String) {
    let name = string(type)
    if name != resource.type {
      report(.unknownType(name: name), type.span, parameter, suggestion: resource.type)
    }
  }

  // MARK: Selection

  private mutating func resolvedSelection() -> [FieldID]? {
    guard !parsed.selection.isEmpty else { return nil }
    var chosen: Set<FieldID> = []
    for entry in parsed.selection {
      let parameter = entry.type.map { "fields[\(string($0))]" } ?? "fields"
      if let type = entry.type { checkType(type, parameter) }
      let name = string(entry.field)
      guard let field = resolveField(entry.field.range), field.keys.isEmpty,
        planner.facts[field.field.index].relation == nil,
        planner.facts[field.field.index].virtual == nil
      else {
        report(
          .unknownField(name: name), entry.field.span, parameter,
          suggestion: NearestName.find(name, among: resource.fields.filter { !$0.isHidden }.map(\.name)))
        continue
      }
      if !chosen.insert(field.field).inserted {
        report(.repeatedParameter(name: name), entry.field.span, parameter)
      }
    }
    return chosen.sorted { $0.index < $1.index }
  }

  /// What is asked for by name, or shown anyway, and beside it what parameters add.
  private func withAddedFields(_ selection: [FieldID]?) -> [FieldID]? {
    guard !addedFields.isEmpty else { return selection }
    let all = Set(addedFields).union(selection ?? resource.defaultSelection)
    return all.sorted { $0.index < $1.index }
  }

  // MARK: Inclusion

  private mutating func resolvedInclusion() -> [Inclusion] {
    guard !parsed.include.isEmpty else { return [] }
    var inclusion: [String] = []
    let known = resource.includablePaths
    for entry in parsed.include {
      let name = string(entry)
      if known.isEmpty {
        report(.notSupported(feature: "related records to include"), entry.span, "include")
      } else if !known.contains(name) {
        report(
          .unknownRelation(name: name), entry.span, "include",
          suggestion: NearestName.find(name, among: known))
      } else if inclusion.contains(name) {
        report(.repeatedParameter(name: name), entry.span, "include")
      } else {
        inclusion.append(name)
      }
    }
    return inclusion.map { Inclusion($0) }
  }
}
