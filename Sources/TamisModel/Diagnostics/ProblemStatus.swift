extension Problem {
  /// What an HTTP server answers a request with that has this problem.
  ///
  /// - 400: the request can not be read, or names what the resource does not have.
  /// - 413, 414: the body, or the query string, has too many bytes.
  /// - 422: it can be read, but a value, or a combination, can not be what was meant, or it goes beyond a limit.
  /// - 501: it is sound, but the engine behind the endpoint can not run it exactly. Trying again does not help.
  /// - 503: the server is not set up to answer anybody.
  ///
  /// - Parameter isBody: whether the request came as a JSON body rather than as a query string.
  public func httpStatus(isBody: Bool) -> Int {
    switch self {
    case .malformedEscape, .nulByte, .invalidUTF8, .malformedBrackets, .emptyName, .rawSemicolon,
      .invalidJSON,
      .duplicateMember, .wrongShape:
      400
    case .unknownParameter, .unknownField, .unknownOperator, .missingOperator, .ambiguousName,
      .operatorNotAllowed, .notSortable, .notSelectable, .unknownType, .unknownRelation, .unknownConnective,
      .unknownPageSetting, .notSupported:
      400
    case .pageOutOfBounds, .invalidCursor, .forgedCursor, .cursorOfOtherQuery, .unknownCursorVersion: 400
    case .invalidValue, .outOfRange, .unknownCase, .nullOperand, .emptyValue, .wrongArity, .blankForPlus,
      .invalidPattern, .valueMismatch, .invalidKey:
      422
    case .repeatedParameter, .repeatedSortKey, .connectiveWithoutEffect, .conflictingParameters,
      .missingParameter, .emptyFilter, .withoutEffect, .parameterInGroup, .connectiveBesideGroup,
      .sortKeyWithoutEffect:
      422
    case .tooManyBytes: isBody ? 413 : 414
    case .tooManyParameters, .tooManyClauses, .tooDeep, .tooManyItems, .valueTooLong, .patternTooLong,
      .tooManyDigits, .tooManyDiagnostics, .tooManyBindings, .matchTooCostly, .noIndex:
      422
    case .notOnEngine, .notInDialect, .unboundField: 501
    case .policyUnavailable, .invalidResource, .missingScope, .noCursorKey, .missingSeed, .unknownMember,
      .missingMember, .notFound:
      503
    }
  }

  /// Whether it is the server's own: its details are for the log, not for the client.
  public var isServerFault: Bool { httpStatus(isBody: false) == 503 }

  /// The problem's kind in a few words, the same whatever the request: the catalogue's heading.
  public var title: String {
    switch self {
    case .malformedEscape: "Malformed percent escape"
    case .nulByte: "NUL character"
    case .invalidUTF8: "Invalid UTF-8"
    case .malformedBrackets: "Brackets do not match"
    case .emptyName: "Name missing"
    case .rawSemicolon: "Unescaped semicolon"
    case .invalidJSON: "Invalid JSON"
    case .duplicateMember: "Member given twice"
    case .wrongShape: "Wrong kind of value"
    case .unknownParameter: "Unknown parameter"
    case .unknownField: "Unknown field"
    case .unknownOperator: "Unknown operator"
    case .missingOperator: "Operator missing"
    case .ambiguousName: "Ambiguous name"
    case .operatorNotAllowed: "Operator not allowed"
    case .notSortable: "Field can not be sorted by"
    case .notSelectable: "Field can not be selected"
    case .unknownType: "Unknown resource type"
    case .unknownRelation: "Unknown relation"
    case .unknownConnective: "Unknown connective"
    case .unknownPageSetting: "Unknown page setting"
    case .notSupported: "Not offered by this resource"
    case .invalidValue: "Invalid value"
    case .outOfRange: "Value out of range"
    case .unknownCase: "Unknown name of a value"
    case .nullOperand: "Null is not a value"
    case .emptyValue: "Value missing"
    case .wrongArity: "Wrong number of values"
    case .blankForPlus: "Unescaped plus sign"
    case .invalidPattern: "Invalid pattern"
    case .valueMismatch: "No value of the field"
    case .invalidKey: "Invalid key"
    case .repeatedParameter: "Parameter given twice"
    case .repeatedSortKey: "Sort key given twice"
    case .sortKeyWithoutEffect: "Sort key without effect"
    case .connectiveWithoutEffect: "Connective without effect"
    case .conflictingParameters: "Conflicting parameters"
    case .missingParameter: "Parameter missing"
    case .emptyFilter: "Filter without conditions"
    case .withoutEffect: "No effect"
    case .parameterInGroup: "Parameter in a group"
    case .connectiveBesideGroup: "Connective beside a group"
    case .pageOutOfBounds: "Page out of bounds"
    case .invalidCursor: "Invalid cursor"
    case .forgedCursor: "Cursor of another hand"
    case .cursorOfOtherQuery: "Cursor of another query"
    case .unknownCursorVersion: "Unknown version of a cursor"
    case .tooManyBytes: "Request too long"
    case .tooManyParameters: "Too many parameters"
    case .tooManyClauses: "Too many criteria"
    case .tooDeep: "Nested too deep"
    case .tooManyItems: "Too many list items"
    case .valueTooLong: "Value too long"
    case .patternTooLong: "Pattern too long"
    case .tooManyDigits: "Too many digits"
    case .matchTooCostly: "Pattern too costly"
    case .tooManyDiagnostics: "Too many problems"
    case .notInDialect: "Not possible in this query dialect"
    case .notOnEngine: "Not possible on this engine"
    case .unboundField: "Field without a property"
    case .noIndex: "No index serves it"
    case .tooManyBindings: "Too many values"
    case .policyUnavailable, .invalidResource, .missingScope, .noCursorKey, .missingSeed:
      "The endpoint is not set up"
    case .unknownMember: "Unknown member of a file"
    case .missingMember: "Member of a file missing"
    case .notFound: "Not found"
    }
  }
}
