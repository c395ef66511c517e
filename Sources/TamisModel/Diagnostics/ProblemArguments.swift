extension Problem {
  /// One typed argument of a problem, for programs that word or translate messages themselves.
  public enum Argument: Hashable, Sendable {
    case text(String)
    case texts([String])
    case number(Int)
  }

  /// The arguments by name, in a fixed order: `name` and `readings` of an ambiguous name, `limit` of a limit.
  public var arguments: [(name: String, value: Argument)] {
    switch self {
    case .malformedEscape, .nulByte, .invalidUTF8, .malformedBrackets, .emptyName, .rawSemicolon,
      .nullOperand, .forgedCursor, .cursorOfOtherQuery, .noCursorKey, .missingSeed:
      []
    case .invalidJSON(let expected): [("expected", .text(expected))]
    case .wrongShape(let expected, let found): [("expected", .text(expected)), ("found", .text(found))]
    case .duplicateMember(let name), .unknownParameter(let name), .unknownField(let name),
      .unknownOperator(let name), .unknownType(let name), .unknownRelation(let name),
      .unknownConnective(let name), .unknownPageSetting(let name), .repeatedParameter(let name),
      .connectiveWithoutEffect(let name), .missingParameter(let name), .missingScope(let name),
      .unknownMember(let name), .missingMember(let name), .parameterInGroup(let name), .emptyFilter(let name),
      .connectiveBesideGroup(let name):
      [("name", .text(name))]
    case .missingOperator(let field), .notSortable(let field), .notSelectable(let field),
      .repeatedSortKey(let field), .sortKeyWithoutEffect(let field):
      [("field", .text(field))]
    case .ambiguousName(let name, let readings): [("name", .text(name)), ("readings", .texts(readings))]
    case .operatorNotAllowed(let name, let field, let allowed):
      [("operator", .text(name)), ("field", .text(field)), ("allowed", .texts(allowed))]
    case .notSupported(let feature): [("feature", .text(feature))]
    case .invalidValue(let text, let type, let reason):
      [("text", .text(text)), ("type", .text(type))] + (reason.map { [("reason", .text($0))] } ?? [])
    case .outOfRange(let text, let type): [("text", .text(text)), ("type", .text(type))]
    case .unknownCase(let text, let cases): [("text", .text(text)), ("cases", .texts(cases))]
    case .emptyValue(let type): [("type", .text(type))]
    case .wrongArity(let name, let expected, let found):
      [("operator", .text(name)), ("expected", .text(expected)), ("found", .number(found))]
    case .blankForPlus(let text): [("text", .text(text))]
    case .invalidPattern(let reason), .invalidCursor(let reason): [("reason", .text(reason))]
    case .unknownCursorVersion(let version): [("version", .number(version))]
    case .valueMismatch(let text, let field, let pattern):
      [("text", .text(text)), ("field", .text(field)), ("pattern", .text(pattern))]
    case .matchTooCostly(let pattern): [("pattern", .text(pattern))]
    case .invalidKey(let name, let rule): [("name", .text(name)), ("rule", .text(rule))]
    case .conflictingParameters(let name, let other): [("name", .text(name)), ("other", .text(other))]
    case .pageOutOfBounds(let name, let text, let minimum, let maximum):
      [
        ("name", .text(name)), ("text", .text(text)), ("minimum", .number(minimum)),
        ("maximum", .number(maximum)),
      ]
    case .withoutEffect(let name, let reason): [("name", .text(name)), ("reason", .text(reason))]
    case .tooManyBytes(let limit), .tooManyParameters(let limit), .tooManyClauses(let limit),
      .tooDeep(let limit), .tooManyItems(let limit), .valueTooLong(let limit), .patternTooLong(let limit),
      .tooManyDigits(let limit), .tooManyDiagnostics(let limit):
      [("limit", .number(limit))]
    case .notOnEngine(let feature, let engine): [("feature", .text(feature)), ("engine", .text(engine))]
    case .notInDialect(let clause, let dialect, let reason):
      [("clause", .text(clause)), ("dialect", .text(dialect))]
        + (reason.map { [("reason", .text($0))] } ?? [])
    case .unboundField(let field, let type): [("field", .text(field)), ("type", .text(type))]
    case .noIndex(let part, let reason, let engine, let served):
      [
        ("part", .text(part)), ("reason", .text(reason)), ("engine", .text(engine)),
        ("served", .texts(served)),
      ]
    case .tooManyBindings(let limit, let engine): [("limit", .number(limit)), ("engine", .text(engine))]
    case .policyUnavailable(let policy): [("policy", .text(policy))]
    case .notFound(let kind, let name): [("kind", .text(kind)), ("name", .text(name))]
    case .invalidResource(let faults): [("faults", .texts(faults))]
    }
  }

  /// What helps to set it right, beyond the message: at most a sentence or two.
  public var notes: [String] {
    var notes: [String] = []
    if case .blankForPlus = self { notes.append("in a query string '+' stands for a blank") }
    if case .operatorNotAllowed(_, _, let allowed) = self, allowed.isEmpty {
      notes.append("the field may still be selected, or sorted by, where the resource allows it")
    }
    if case .nullOperand = self { notes.append("null satisfies no comparison, also not 'ne' or 'notin'") }
    if case .notOnEngine = self { notes.append("the request is sound; another engine may run it") }
    if case .tooManyDiagnostics = self { notes.append("set right what is shown, and ask again") }
    return notes
  }
}
