package import TamisModel
package import TamisSyntax

/// Turns what was written into what is meant, for one resource: names to fields, text to typed operands,
/// everything checked, everything reported. Made once; used by any number of requests at a time.
package final class Planner: Sendable {
  package let resource: Resource
  package let policy: Policy
  /// How requests are read under the faithful policy; nil under the strict one.
  package let compatibility: Compatibility?
  /// Nil where the server neither writes nor reads cursors.
  package let cursors: CursorKeyring?
  /// Everything wrong with the resource; a query against it is refused with this list.
  package let faults: [String]
  let facts: [FieldFacts]
  let relationNames: [NameTable]
  /// Nil where requests are not expected in the suffix dialect.
  let suffixNames: SuffixNames?
  let parameters: [ParameterTemplate]
  /// Indexes of the parameters that mean something even when they are absent.
  let parametersWithDefault: [Int]
  /// Bit n is set when a parameter's name has n bytes: most names of criteria need not be looked up.
  let parameterNameLengths: UInt64
  /// Indexes of the parameters that exclude others.
  let excludingParameters: [Int]
  let scopes: [ConditionTemplate]
  /// Nil where the resource declares none.
  let declaredFilters: DeclaredFilterTable?
  /// Nil under the faithful policy, and where fields and operators say all that filters do.
  let strictFilters: StrictFilterTable?
  /// Whether criteria about one relation test one related record.
  let joinsRelatedCriteria: Bool
  /// What every request asks of the resource, at hand.
  let diagnosticLimit: Int
  let defaultPage: Page
  /// Whether a query has conditions beside those of its request.
  let addsConditions: Bool
  let enumerations: [Enumeration?]
  /// By field; empty where no field has one.
  let valuePatterns: [ValuePattern?]

  package init(resource: Resource, policy: Policy = .strict, cursors: CursorKeyring? = nil) {
    self.resource = resource
    self.policy = policy
    compatibility = policy == .faithful ? resource.compatibility : nil
    self.cursors = cursors
    let facts = FieldFacts.table(of: resource)
    self.facts = facts
    enumerations = (0..<resource.fieldCount).map { resource.field(FieldID($0)).enumeration }
    switch resource.dialect {
    case .suffix, .mixed: suffixNames = SuffixNames(resource, facts)
    case .jsonAPI, .jsonAPIKeys, .bracket, .body: suffixNames = nil
    }
    relationNames = resource.relationEntries.map { entry in
      NameTable(
        entry.allFields.map {
          String(resource.fullName(of: FieldID($0)).utf8.dropFirst(entry.name.utf8.count + 1)) ?? ""
        })
    }
    var faults = resource.faults
    valuePatterns = ValuePattern.table(of: resource, &faults)
    func compile(_ condition: Condition, _ argument: FieldType?, _ label: String) -> ConditionTemplate {
      var compiler = ConditionCompiler(
        resource: resource, facts: facts, argument: argument, label: label)
      let template = compiler.compile(condition)
      faults += compiler.faults
      return template
    }
    // A condition with unknown names is a fault of the resource already.
    let parameters = resource.parameters.map { parameter in
      ParameterTemplate.make(parameter, resource) { compile($0, $1, "the parameter '\(parameter.name)'") }
    }
    self.parameters = parameters
    parameterNameLengths = resource.parameters.reduce(0) { $0 | 1 << UInt64(min($1.name.utf8.count, 63)) }
    parametersWithDefault = parameters.indices.filter { parameters[$0].meansSomethingWhenAbsent }
    let declaredFilters = DeclaredFilterTable(of: resource)
    self.declaredFilters = declaredFilters
    joinsRelatedCriteria = declaredFilters != nil && !resource.relations.isEmpty
    strictFilters = policy == .strict ? StrictFilterTable(declaredFilters) : nil
    excludingParameters = parameters.indices.filter { !parameters[$0].parameter.exclusions.isEmpty }
    scopes = resource.scopes.map { compile($0.condition, $0.type, "the scope '\($0.name)'") }
    diagnosticLimit = resource.limits.diagnostics
    defaultPage = Page(limit: resource.paging.defaultLimit, offset: 0)
    addsConditions = !parametersWithDefault.isEmpty || !scopes.isEmpty || strictFilters != nil
    var seen: Set<String> = []
    self.faults = faults.filter { seen.insert($0).inserted }
  }

  /// Every pass runs, so that all problems are reported at once.
  ///
  /// - Parameters:
  ///   - scope: for each scope of the resource its value, as text of the scope's type.
  ///   - randomSeed: the seed of a random order, unless a cursor brings it.
  package func plan(
    _ parsed: consuming ParsedQuery, dialect: QueryDialect,
    scope: [String: String] = [:], randomSeed: UInt64? = nil
  ) throws(QueryError) -> PlannedQuery {
    try checkSetUp()
    var session = PlanningSession(planner: self, parsed: parsed, dialect: dialect)
    session.randomSeed = randomSeed
    session.run(scope: scope)
    return try session.finish()
  }

  /// The same, with what was applied although the request does not say it: for explanations.
  package func trace(
    _ parsed: consuming ParsedQuery, dialect: QueryDialect, scope: [String: String] = [:],
    randomSeed: UInt64? = nil
  ) throws(QueryError) -> (planned: PlannedQuery, trace: PlanTrace) {
    try checkSetUp()
    var session = PlanningSession(planner: self, parsed: parsed, dialect: dialect)
    session.randomSeed = randomSeed
    session.run(scope: scope)
    let trace = PlanTrace(session)
    return (try session.finish(), trace)
  }

  private func checkSetUp() throws(QueryError) {
    if !faults.isEmpty { throw QueryError(Diagnostic(.invalidResource(faults: faults), SourceSpan(0, 0))) }
    guard policy == .strict || compatibility != nil else {
      throw QueryError(Diagnostic(.policyUnavailable(policy: policy.rawValue), SourceSpan(0, 0)))
    }
  }
}

extension PlanningSession {
  /// The passes, in their order.
  mutating func run(scope: [String: String]) {
    if let compatibility = planner.compatibility { return runFaithful(compatibility, scope: scope) }
    beginFilter()
    resolveCriteria()
    if planner.joinsRelatedCriteria { joinRelatedCriteria() }
    if planner.addsConditions || !parsed.isFilterOnly || !givenParameters.isEmpty {
      resolveParameters()
      applyDefaults()
      applyDeclaredDefaults()
      applyScopes(scope)
    }
    endFilter()
    resolveParts()
  }
}
