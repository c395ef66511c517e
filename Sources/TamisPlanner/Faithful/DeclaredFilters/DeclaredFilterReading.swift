import TamisModel
import TamisSyntax

/// Reads a request by the filters that its resource declares, as API Platform does: a filter leaves alone whatever it
/// can not read, so that several may look at one parameter; what no filter has used in the end is ignored, with the
/// reason that the first of them had.
struct DeclaredFilterReading {
  /// Why a parameter has no effect.
  struct Reason {
    var problem: Problem
    /// What was written, and what it may have been meant to be.
    var text = ""
    var known: [String] = []
  }

  var session: PlanningSession
  let rules: DeclaredFilterRules
  let table: DeclaredFilterTable
  let tree: FormTree
  /// Those of the request, then default values.
  var leaves: [ParsedParameter]
  var isUsed: [Bool]
  var reasons: [Reason?]
  var junction = FilterJunction()
  var order: [SortKey] = []
  /// The parameter that is being read casts its values.
  var nativeType: FilterParameter.NativeType?

  init(_ session: PlanningSession, _ rules: DeclaredFilterRules, _ table: DeclaredFilterTable) {
    self.session = session
    self.rules = rules
    self.table = table
    leaves = session.parsed.parameters
    tree = FormTree(session.parsed)
    isUsed = Array(repeating: false, count: leaves.count)
    reasons = Array(repeating: nil, count: leaves.count)
  }

  mutating func run() {
    if rules.refusesUnknownParameters { refuseUnknownParameters() }
    // API Platform: the filters of properties first, those that order last.
    for filter in table.filters { read(filter) }
    readOrders()
    for parameter in table.parameters { read(parameter) }
    readPage()
    reportIgnored()
    writeConditions()
    writeOrder()
  }

  // MARK: What comes out

  private mutating func writeConditions() {
    var terms = FilterTermWriter(
      session.writer, session.resource, buffer: session.parsed.buffer,
      budget: session.resource.limits.clauses)
    terms.write(junction)
    session.writer = terms.writer
    session.parsed.buffer = terms.buffer
    if terms.isTooMany {
      session.report(.tooManyClauses(limit: session.resource.limits.clauses), SourceSpan(0, 0))
    }
  }

  // API Platform: an order of the client replaces the default one. Here the primary key makes it total.
  private mutating func writeOrder() {
    if order.isEmpty { return }
    SortKey.complete(&order, with: session.resource.primaryKey)
    session.choices = QueryChoices(sort: order)
  }

  // MARK: What has no effect

  /// Notes why a filter leaves a value alone.
  mutating func pass(
    _ value: FormValue, _ problem: Problem, text: String = "", among known: [String] = []
  ) {
    for leaf in value.leaves where reasons[leaf] == nil {
      reasons[leaf] = Reason(problem: problem, text: text, known: known)
    }
  }

  mutating func use(_ value: FormValue) {
    for leaf in value.leaves { isUsed[leaf] = true }
  }

  private mutating func reportIgnored() {
    for index in leaves.indices where !isUsed[index] {
      // What is not kept need not be worded.
      guard !session.bag.isFullOfWarnings else {
        session.ignore(.unknownParameter(name: ""), span(index))
        continue
      }
      let name = leaves[index].name
      let shown = session.parsed.displayName(name)
      if let reason = reasons[index] {
        session.ignore(
          reason.problem, span(index), shown, suggestion: NearestName.find(reason.text, among: reason.known))
      } else {
        // A name of the server's that no filter here listens to is no better spelling of itself.
        let first = session.string(name.first)
        session.ignore(
          .unknownParameter(name: shown), name.span, shown,
          suggestion: NearestName.find(first, among: knownNames.filter { $0 != first }))
      }
    }
  }

  private var knownNames: [String] {
    table.names + [rules.orderParameter, rules.existsParameter, rules.pageParameter]
  }

  // API Platform, strictQueryParameterValidation: the first name at the top that is no key as it is declared.
  private mutating func refuseUnknownParameters() {
    let declared = Set(session.resource.filterParameters.map(\.key))
    for root in tree.roots where !declared.contains(root.key) {
      guard let leaf = root.value.firstLeaf else { continue }
      use(root.value)
      return session.refuse(
        .unknownParameter(name: root.key), leaves[leaf].name.span, root.key, status: 400,
        answer: "Parameter \"\(root.key)\" not supported",
        suggestion: NearestName.find(root.key, among: declared.sorted()))
    }
  }

  // MARK: Leaves

  func bytes(_ leaf: Int) -> ArraySlice<UInt8> { session.parsed.bytes(of: leaves[leaf].value.text) }

  func text(_ leaf: Int) -> String { session.string(leaves[leaf].value.text) }

  func range(_ leaf: Int) -> Range<Int> { leaves[leaf].value.text.range }

  func isEmpty(_ leaf: Int) -> Bool { leaves[leaf].value.text.isEmpty }

  /// The name and the value.
  func span(_ leaf: Int) -> SourceSpan { leaves[leaf].name.span.union(leaves[leaf].value.text.span) }

  func valueSpan(_ leaf: Int) -> SourceSpan {
    isEmpty(leaf) ? leaves[leaf].name.span : leaves[leaf].value.text.span
  }

  func name(_ leaf: Int) -> String { session.parsed.displayName(leaves[leaf].name) }

  /// The real server refuses the value, or fails over it.
  mutating func refuse(_ value: FormValue, _ problem: Problem, status: Int, answer: String? = nil) {
    use(value)
    guard let leaf = value.firstLeaf else { return }
    session.refuse(problem, valueSpan(leaf), name(leaf), status: status, answer: answer)
  }

  /// What the real server does here is not done: the reason is our own.
  mutating func report(_ leaf: Int, _ problem: Problem, suggestion: String? = nil) {
    isUsed[leaf] = true
    session.report(problem, valueSpan(leaf), name(leaf), suggestion: suggestion)
  }
}
