import Tamis
import TamisModel
import TamisPlanner
import TamisSyntax

/// What Tamis makes of a request for the sample resource: read, refused for the way it is written, or refused by a rule
/// that is beyond a grammar.
struct RequestJudge {
  enum Verdict {
    case read(Query)
    case refused([Diagnostic])
    /// Every problem is one that no grammar of a request can see.
    case beyondGrammar([Diagnostic])
  }

  private let dialect: QueryDialect
  private let planners: [Planner]

  init(_ dialect: QueryDialect) {
    self.dialect = dialect
    planners = SampleResource.pagings.map { Planner(resource: SampleResource.make(dialect, $0)) }
  }

  var faults: [String] { planners.flatMap(\.faults) }
  var count: Int { planners.count }

  func judge(_ request: [UInt8], paging: Int) -> Verdict {
    let planner = planners[paging]
    let parsed = Parser.parse(request, as: dialect, limits: planner.resource.limits)
    let syntax = parsed.diagnostics.filter { $0.severity == .error }
    do {
      return .read(try planner.plan(parsed, dialect: dialect).query)
    } catch {
      let errors = error.diagnostics.filter { $0.severity == .error }
      let isBeyond = errors.allSatisfy { diagnostic in
        syntax.contains(diagnostic) ? Self.isBeyondSyntax(diagnostic) : Self.isBeyondNames(diagnostic)
      }
      return isBeyond ? .beyondGrammar(errors) : .refused(errors)
    }
  }

  /// Rules of the parser about several pairs at once, and its limits.
  static func isBeyondSyntax(_ diagnostic: Diagnostic) -> Bool {
    switch diagnostic.problem {
    case .repeatedParameter, .conflictingParameters, .duplicateMember, .missingParameter(name: "sort_by"),
      .tooManyBytes, .tooManyParameters, .tooManyClauses, .tooDeep, .tooManyItems, .valueTooLong:
      true
    default: false
    }
  }

  /// A field is called like a member of a group, `not[5]`, as no resource's field is.
  static func isAboutNameOfGroup(_ diagnostic: Diagnostic) -> Bool {
    if case .wrongShape(let expected, _) = diagnostic.problem { expected.contains("member") } else { false }
  }

  /// Rules of the planner about values and the whole request.
  private static func isBeyondNames(_ diagnostic: Diagnostic) -> Bool {
    switch diagnostic.problem {
    case .repeatedParameter, .repeatedSortKey, .conflictingParameters, .pageOutOfBounds, .invalidPattern,
      .patternTooLong, .ambiguousName, .connectiveBesideGroup, .noCursorKey, .invalidCursor,
      // A page setting that another way of paging has.
      .unknownPageSetting, .tooManyClauses, .tooManyItems, .tooManyDigits, .tooManyDiagnostics:
      true
    // Of two bounds, one came.
    case .wrongArity: diagnostic.parameter.map(isListName) == true
    default: false
    }
  }

  /// `a[between][]`, perhaps as it was sent.
  private static func isListName(_ name: String) -> Bool {
    ["[]", "%5b]", "[%5d", "%5b%5d"].contains { name.asciiLowercased.hasSuffix($0) }
  }
}
