import TamisModel

/// Whether a query meets its resource's demand.
extension IndexAdvisor {
  /// - Parameter isCount: the statement counts all records, and has neither an order nor a page.
  func check(_ demand: IndexDemand, isCount: Bool) throws(QueryError) {
    let advice = advice()
    var diagnostics: [Diagnostic] = []
    if demand.contains(.filters), !advice.clauses.isEmpty, !advice.isFilterServed {
      diagnostics.append(filterProblem(advice))
    }
    let needsOrder = demand.contains(.order) || (demand.contains(.filters) && advice.clauses.isEmpty)
    if needsOrder, !isCount, !advice.isOrderServed { diagnostics.append(orderProblem(advice)) }
    if let error = QueryError(diagnostics) { throw error }
  }

  /// At the first clause that the client wrote.
  private func filterProblem(_ advice: IndexAdvice) -> Diagnostic {
    let clause = advice.clauses.first { $0.span != SourceSpan(0, 0) } ?? advice.clauses.first
    let names = rootIndexes.compactMap { index in index.keys.first.flatMap(name) }
    return problem("filter", clause?.verdict.obstacle ?? "", Self.distinct(names), clause?.span)
  }

  private func orderProblem(_ advice: IndexAdvice) -> Diagnostic {
    let orders = rootIndexes.compactMap { index in
      let names = index.keys.prefix { name($0) != nil && !$0.isFolded }.compactMap(signedName)
      return names.isEmpty ? nil : names.joined(separator: ",")
    }
    return problem("order", advice.order.obstacle, Self.distinct(orders), query.sortSpan)
  }

  private func problem(
    _ part: String, _ reason: String, _ served: [String], _ span: SourceSpan?
  ) -> Diagnostic {
    Diagnostic(
      .noIndex(part: part, reason: reason, engine: dialect.displayName, served: served),
      span ?? SourceSpan(0, 0))
  }

  /// What clients may write.
  private func name(_ key: SortedIndex.Key) -> String? {
    key.field.map(resource.field).flatMap { $0.isHidden ? nil : $0.name }
  }

  private func signedName(_ key: SortedIndex.Key) -> String? {
    name(key).map { (key.isDescending ? "-" : "") + $0 }
  }

  private static func distinct(_ names: [String]) -> [String] {
    names.enumerated().filter { !names[..<$0.offset].contains($0.element) }.map(\.element)
  }
}

extension IndexAdvice.Verdict {
  /// Why fewer records are not looked at.
  fileprivate var obstacle: String {
    switch self {
    case .notServed(let obstacle): obstacle.message
    case .elements: "every record is looked at to find its elements"
    case .served(_, .outside): "what lies outside of a range is nearly everything"
    case .served: "what is present is nearly everything"
    case .alternatives, .constant: ""
    }
  }
}

extension IndexAdvice.Order {
  fileprivate var obstacle: String {
    switch self {
    case .sorted(let obstacle), .begun(_, _, let obstacle): obstacle.message
    case .given, .held, .oneRecord: ""
    }
  }
}
