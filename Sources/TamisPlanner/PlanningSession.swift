import TamisModel
import TamisSyntax

/// The state of planning one request. The passes stand in extensions, one file each.
struct PlanningSession {
  let planner: Planner
  let dialect: QueryDialect
  /// Its buffer becomes the query's; canonical text of operands is appended to it.
  var parsed: ParsedQuery
  var writer = PredicateWriter()
  var bag: DiagnosticBag
  var page: Page
  /// Nil when the request has nothing but a filter and a page.
  var choices: QueryChoices?
  var wantsCount = false
  /// Fields that parameters add to the answer.
  var addedFields: [FieldID] = []
  /// `sort=random`: how many keys come before it, and where it was written.
  var random: (position: Int, span: SourceSpan)?
  var randomSeed: UInt64?
  /// The place to start at, checked as far as it can be without the whole query.
  var cursor: GivenCursor?
  /// For each of the resource's parameters the value that was given.
  var givenParameters: [GivenParameter] = []
  /// Keys of the order that parameters with names of their own gave.
  var declaredOrder: [SortKey] = []
  var criterionCount = 0
  /// The relation of the `any` that criteria are being written into.
  var openRelation: Int?
  /// Whether criteria are being written into a group.
  var isInGroup = false
  /// The group around everything; nil where there is one member at most.
  private(set) var root: Int?
  /// Places of the quantifiers that the client wrote.
  var writtenQuantifiers: [Int] = []

  struct GivenCursor {
    var token: CursorToken
    var boundary: KeysetBoundary
    var name: String
    var span: SourceSpan
  }

  struct GivenParameter {
    var index: Int
    var value: ParsedValue
    var span: SourceSpan
    var name: ParsedName
    var spelling: ParsedSpelling?
  }

  init(planner: Planner, parsed: consuming ParsedQuery, dialect: QueryDialect) {
    self.planner = planner
    self.dialect = dialect
    self.parsed = parsed
    bag = DiagnosticBag(limit: planner.diagnosticLimit)
    page = planner.defaultPage
    if !self.parsed.isFilterOnly { takeDiagnostics() }
  }

  private mutating func takeDiagnostics() {
    for diagnostic in parsed.diagnostics { bag.report(diagnostic) }
  }

  var resource: Resource { planner.resource }

  /// Everything is ANDed under one root, which a lone criterion does not need.
  mutating func beginFilter() {
    let isLone = parsed.filter.count == 1 && parsed.isFilterOnly && !planner.addsConditions
    guard !isLone else { return }
    writer.nodes.reserveCapacity(parsed.filter.count + 2)
    openRoot()
  }

  mutating func openRoot() {
    root = writer.open(PredicateNode(kind: .and))
  }

  /// A root with one member is that member; without one it is TRUE.
  mutating func endFilter() {
    guard let root else {
      if writer.nodes.isEmpty { writer.leaf(PredicateNode(kind: .always)) }
      return
    }
    writer.close(root)
    let count = writer.nodes.count
    if count == 1 {
      writer.nodes[0].kind = .always
    } else if writer.nodes[1].end == UInt32(clamping: count) {
      writer.nodes.removeFirst()
      for index in writer.nodes.indices { writer.nodes[index].end -= 1 }
    }
  }

  /// Moves what was built out of the session, so that nothing is copied.
  mutating func finish() throws(QueryError) -> PlannedQuery {
    if !parsed.isFilterOnly, random != nil { checkSeed() }
    if !bag.isEmpty, bag.hasErrors, let error = QueryError(bag.diagnostics) { throw error }
    let resource = planner.resource
    var typed = Query(
      resource: resource, buffer: Self.take(&parsed.buffer), nodes: writer.takeNodes(),
      operands: Self.take(&writer.operands), page: page, choices: choices)
    typed.wantsCount = wantsCount
    let planned = PlannedQuery(typed: typed, warnings: bag.isEmpty ? [] : bag.diagnostics)
    // Orders by chance and cursors are parts beside the filter.
    if parsed.isFilterOnly { return planned }
    return random == nil && cursor == nil ? planned : try placed(planned)
  }

  private static func take<Element>(_ array: inout [Element]) -> [Element] {
    var taken: [Element] = []
    swap(&taken, &array)
    return taken
  }

  // MARK: Reporting

  mutating func report(
    _ problem: Problem, _ span: SourceSpan, _ parameter: String? = nil, suggestion: String? = nil
  ) {
    bag.report(problem, span, parameter: parameter, suggestion: suggestion)
  }

  func string(_ text: ParsedText) -> String { parsed.string(of: text) }

  func string(_ range: Range<Int>) -> String { String(decoding: parsed.buffer[range], as: UTF8.self) }

  /// A name as it is written, decoded: `filter[usage-gt]`.
  func displayName(_ name: ParsedName, _ spelling: ParsedSpelling?) -> String {
    if isInGroup, spelling != .body { return sourceName(around: name.span) }
    let first = string(name.first)
    let brackets = parsed.rest(of: name).map { "[\(string($0))]" }.joined()
    switch spelling {
    case .jsonAPI, .jsonAPIKeys: return "filter[\(first)]" + brackets
    case .exists: return "exists[\(first)]"
    case .suffix, .bracket, nil: return first + brackets
    case .body: return first
    }
  }

  /// The names of the operators that a field allows, as this spelling writes them.
  func allowedNames(_ operators: OperatorSet, _ spelling: ParsedSpelling) -> [String] {
    let spellings = OperatorSpellings.of(spelling)
    return operators.operators.filter { spellings.operators.contains($0) }.map(spellings.name)
  }
}
