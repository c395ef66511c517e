extension Problem {
  /// The catalogue's identities: never reused, never reworded.
  public var code: String {
    switch self {
    case .malformedEscape: "syntax.malformed-escape"
    case .nulByte: "syntax.nul-byte"
    case .invalidUTF8: "syntax.invalid-utf8"
    case .malformedBrackets: "syntax.malformed-brackets"
    case .emptyName: "syntax.empty-name"
    case .rawSemicolon: "syntax.raw-semicolon"
    case .invalidJSON: "syntax.invalid-json"
    case .duplicateMember: "syntax.duplicate-member"
    case .wrongShape: "syntax.wrong-shape"
    case .unknownParameter: "name.unknown-parameter"
    case .unknownField: "name.unknown-field"
    case .unknownOperator: "name.unknown-operator"
    case .missingOperator: "name.missing-operator"
    case .ambiguousName: "name.ambiguous"
    case .operatorNotAllowed: "name.operator-not-allowed"
    case .notSortable: "name.not-sortable"
    case .notSelectable: "name.not-selectable"
    case .unknownType: "name.unknown-type"
    case .unknownRelation: "name.unknown-relation"
    case .unknownConnective: "name.unknown-connective"
    case .unknownPageSetting: "name.unknown-page-setting"
    case .notSupported: "name.not-supported"
    case .invalidValue: "value.invalid"
    case .outOfRange: "value.out-of-range"
    case .unknownCase: "value.unknown-case"
    case .nullOperand: "value.null"
    case .emptyValue: "value.empty"
    case .wrongArity: "value.wrong-arity"
    case .blankForPlus: "value.blank-for-plus"
    case .invalidPattern: "value.invalid-pattern"
    case .valueMismatch: "value.pattern-mismatch"
    case .invalidKey: "value.invalid-key"
    case .repeatedParameter: "combination.repeated-parameter"
    case .repeatedSortKey: "combination.repeated-sort-key"
    case .connectiveWithoutEffect: "combination.connective-without-effect"
    case .conflictingParameters: "combination.conflicting-parameters"
    case .sortKeyWithoutEffect: "combination.sort-key-without-effect"
    case .parameterInGroup: "combination.parameter-in-group"
    case .connectiveBesideGroup: "combination.connective-beside-group"
    case .missingParameter: "combination.missing-parameter"
    case .emptyFilter: "combination.empty-filter"
    case .withoutEffect: "combination.without-effect"
    case .pageOutOfBounds: "page.out-of-bounds"
    case .invalidCursor: "page.invalid-cursor"
    case .forgedCursor: "page.forged-cursor"
    case .cursorOfOtherQuery: "page.cursor-of-other-query"
    case .unknownCursorVersion: "page.cursor-version"
    case .tooManyBytes: "limit.bytes"
    case .tooManyParameters: "limit.parameters"
    case .tooManyClauses: "limit.clauses"
    case .tooDeep: "limit.depth"
    case .tooManyItems: "limit.list-items"
    case .valueTooLong: "limit.value-bytes"
    case .patternTooLong: "limit.pattern-bytes"
    case .tooManyDigits: "limit.digits"
    case .matchTooCostly: "limit.match-steps"
    case .tooManyDiagnostics: "limit.diagnostics"
    case .notInDialect: "dialect.not-supported"
    case .notOnEngine: "engine.not-supported"
    case .unboundField: "engine.unbound-field"
    case .noIndex: "engine.no-index"
    case .tooManyBindings: "engine.too-many-bindings"
    case .policyUnavailable: "setup.policy-unavailable"
    case .invalidResource: "setup.invalid-resource"
    case .missingScope: "setup.missing-scope"
    case .noCursorKey: "setup.no-cursor-key"
    case .missingSeed: "setup.missing-seed"
    case .unknownMember: "file.unknown-member"
    case .missingMember: "file.missing-member"
    case .notFound: "file.not-found"
    }
  }

  /// One English sentence without a full stop. Input is shown escaped and shortened.
  public var message: String {
    switch self {
    case .malformedEscape: "'%' must be followed by two hexadecimal digits; a literal '%' is written %25"
    case .nulByte: "a NUL character is not allowed"
    case .invalidUTF8: "the text is not valid UTF-8"
    case .malformedBrackets: "the brackets of this name do not match"
    case .emptyName: "a name is missing here"
    case .rawSemicolon: "';' separates pairs on some servers; write '&', or %3B for data"
    case .invalidJSON(let expected): "not valid JSON: expected \(expected)"
    case .duplicateMember(let name): "the member \(quote(name)) is given twice"
    case .wrongShape(let expected, let found): "expected \(expected), found \(found)"
    case .unknownParameter(let name): "unknown parameter \(quote(name))"
    case .unknownField(let name): "unknown field \(quote(name))"
    case .unknownOperator(let name): "unknown operator \(quote(name))"
    case .missingOperator(let field): "an operator is missing after the field \(quote(field))"
    case .ambiguousName(let name, let readings):
      "\(quote(name)) can be read as \(list(readings, last: "or"))"
    case .operatorNotAllowed(let name, let field, let allowed):
      allowed.isEmpty
        ? "the field \(quote(field)) can not be filtered"
        : "the operator \(quote(name)) is not allowed on \(quote(field)); allowed: \(list(allowed, last: "and"))"
    case .notSortable(let field): "the field \(quote(field)) can not be sorted by"
    case .notSelectable(let field): "the field \(quote(field)) can not be selected"
    case .unknownType(let name): "unknown resource type \(quote(name))"
    case .unknownRelation(let name): "unknown relation \(quote(name))"
    case .unknownConnective(let name): "unknown connective \(quote(name)); it is 'and' or 'or'"
    case .unknownPageSetting(let name): "unknown page setting \(quote(name))"
    case .notSupported(let feature): "this resource does not offer \(feature)"
    case .invalidValue(let text, let type, let reason):
      "\(quote(text)) is not \(article(type))" + (reason.map { ": \($0)" } ?? "")
    case .outOfRange(let text, let type): "\(quote(text)) is out of range for \(article(type))"
    case .unknownCase(let text, let cases): "\(quote(text)) is not one of \(list(cases, last: "and"))"
    case .nullOperand: "null is not a value to compare with; use isnull or isnotnull"
    case .emptyValue(let type): "an empty value is not \(article(type))"
    case .wrongArity(let name, let expected, let found):
      "the operator \(quote(name)) takes \(expected), found \(found)"
    case .blankForPlus(let text):
      "\(quote(text)) has a blank where the offset's sign belongs; write %2B for '+'"
    case .invalidPattern(let reason): "invalid pattern: \(reason)"
    case .valueMismatch(let text, let field, let pattern):
      "\(quote(text)) is no value of \(quote(field)): all of it has to match \(quote(pattern))"
    case .invalidKey(let name, let rule): "\(quote(name)) is not a valid key: \(rule)"
    case .repeatedParameter(let name): "the parameter \(quote(name)) is given more than once"
    case .repeatedSortKey(let field): "\(quote(field)) is sorted by more than once"
    case .connectiveWithoutEffect(let name):
      "the connective of \(quote(name)) has no effect: nothing comes before it"
    case .conflictingParameters(let name, let other):
      "\(quote(name)) and \(quote(other)) can not be given together"
    case .sortKeyWithoutEffect(let field):
      "\(quote(field)) has no effect after a random order"
    case .parameterInGroup(let name):
      "the parameter \(quote(name)) holds for the whole request and can not stand in a group"
    case .connectiveBesideGroup(let name):
      "the connective of \(quote(name)) can not be combined with groups; say it with groups alone"
    case .missingParameter(let name): "the parameter \(quote(name)) is required"
    case .emptyFilter(let name): "\(quote(name)) holds no filter and has no effect"
    case .withoutEffect(let name, let reason): "\(quote(name)) has no effect: \(reason)"
    case .pageOutOfBounds(let name, let text, let minimum, let maximum):
      "\(quote(name)) must be a whole number from \(minimum) to \(maximum), not \(quote(text))"
    case .invalidCursor(let reason): "this cursor can not be used: \(reason)"
    case .forgedCursor: "this cursor was not written by this server, or was changed"
    case .cursorOfOtherQuery: "this cursor belongs to another query; leave it out to start again"
    case .unknownCursorVersion(let version):
      "this cursor has the unknown version \(version); leave it out to start again"
    case .tooManyBytes(let limit): "the request is longer than \(limit) bytes"
    case .tooManyParameters(let limit): "more than \(limit) parameters"
    case .tooManyClauses(let limit): "more than \(limit) criteria"
    case .tooDeep(let limit): "nested more than \(limit) levels deep"
    case .tooManyItems(let limit): "a list of more than \(limit) items"
    case .valueTooLong(let limit): "a value of more than \(limit) bytes"
    case .patternTooLong(let limit): "a pattern of more than \(limit) bytes"
    case .tooManyDigits(let limit): "a number of more than \(limit) digits"
    case .matchTooCostly(let pattern):
      "the pattern \(quote(pattern)) takes too many steps on a value; nothing was decided"
    case .tooManyDiagnostics(let limit): "more than \(limit) problems; the rest is not shown"
    case .notInDialect(let clause, let dialect, let reason):
      "the query dialect \(quote(dialect)) can not say \(quote(clause))" + (reason.map { ": \($0)" } ?? "")
    case .notOnEngine(let feature, let engine): "\(engine) can not run \(feature)"
    case .unboundField(let field, let type): "\(quote(field)) is bound to no property of \(type)"
    case .noIndex(let part, let reason, let engine, let served):
      "no index on \(engine) serves this \(part): \(reason)"
        + (served.isEmpty ? "" : "; served: \(list(served, last: "and"))")
    case .tooManyBindings(let limit, let engine): "more than \(limit) values in one statement for \(engine)"
    case .policyUnavailable(let policy): "the policy \(quote(policy)) is not available for this resource"
    case .invalidResource(let faults): "the resource is not valid: \(faults.joined(separator: "; "))"
    case .missingScope(let name): "the server did not supply the scope value \(quote(name))"
    case .noCursorKey: "the server has no key to write and check cursors with"
    case .missingSeed: "the server did not supply the seed of the random order"
    case .unknownMember(let name): "unknown member \(quote(name))"
    case .missingMember(let name): "the member \(quote(name)) is missing"
    case .notFound(let kind, let name): "there is no \(kind) \(quote(name))"
    }
  }
}

/// Input as it may be shown: in quotes, control and non-ASCII characters escaped, at most 60 characters.
private func quote(_ text: String) -> String {
  var shown = "'"
  var count = 0
  for scalar in text.unicodeScalars {
    if count == 60 {
      shown += "…"
      break
    }
    count += 1
    switch scalar {
    case "'": shown += "\\'"
    case "\\": shown += "\\\\"
    case " "..."~": shown.unicodeScalars.append(scalar)
    default: shown += "\\u{\(String(scalar.value, radix: 16))}"
    }
  }
  return shown + "'"
}

/// At most 20 names, quoted.
private func list(_ names: [String], last: String) -> String {
  let shown = names.prefix(20).map(quote)
  guard names.count <= 20 else {
    return shown.joined(separator: ", ") + " and \(names.count - 20) more"
  }
  guard let final = shown.last, shown.count > 1 else { return shown.first ?? "nothing" }
  return shown.dropLast().joined(separator: ", ") + " \(last) " + final
}

/// `a date`, `an integer`.
private func article(_ noun: String) -> String {
  guard let first = noun.unicodeScalars.first else { return "a value" }
  return ("aeiou".unicodeScalars.contains(first) ? "an " : "a ") + noun
}
