/// What is wrong, with its typed arguments. One case is one entry of the catalogue.
///
/// Text arguments hold decoded input; renderers escape them.
public enum Problem: Hashable, Sendable {
  // MARK: Spelling
  /// `%zz`: not two hexadecimal digits after `%`.
  case malformedEscape
  /// `%00`, or `\u0000` in a body.
  case nulByte
  /// Bytes that are not UTF-8 after decoding.
  case invalidUTF8
  /// `filter[usage=5`, `a]=5`, or text after a closing bracket.
  case malformedBrackets
  /// `=5`, `[a]=5`, or an empty name in a list of names.
  case emptyName
  /// `a_eq=1;b_eq=2`: servers differ on whether that is one pair, two, or none.
  case rawSemicolon
  /// The body is not JSON; the text says what was expected at that byte.
  case invalidJSON(expected: String)
  /// `{"limit":1,"limit":2}`.
  case duplicateMember(name: String)
  /// A JSON value of another kind than the place asks for.
  case wrongShape(expected: String, found: String)

  // MARK: Names
  case unknownParameter(name: String)
  case unknownField(name: String)
  case unknownOperator(name: String)
  /// A criterion without an operator in a dialect that needs one (`currency=USD` in the suffix dialect).
  case missingOperator(field: String)
  /// Two readings are possible, for example `a_b_eq` with fields `a_b` and operator names that overlap.
  case ambiguousName(name: String, readings: [String])
  case operatorNotAllowed(operator: String, field: String, allowed: [String])
  case notSortable(field: String)
  case notSelectable(field: String)
  case unknownType(name: String)
  case unknownRelation(name: String)
  case unknownConnective(name: String)
  case unknownPageSetting(name: String)
  /// A part of the request that the resource does not offer, such as `include` where there is no relation.
  case notSupported(feature: String)

  // MARK: Values
  /// Text that the field's type cannot hold; `reason` adds what exactly, when it is known.
  case invalidValue(text: String, type: String, reason: String?)
  case outOfRange(text: String, type: String)
  case unknownCase(text: String, cases: [String])
  /// A null operand, or null inside a list.
  case nullOperand
  /// `f_eq=` on a type that has no empty value.
  case emptyValue(type: String)
  /// `between` with other than two bounds, `in` where one value is due, and so on.
  case wrongArity(operator: String, expected: String, found: Int)
  /// A time whose offset's `+` was sent unescaped and so became a blank.
  case blankForPlus(text: String)
  /// A trailing or unknown escape in a `like` pattern, or a regular expression that is none.
  case invalidPattern(reason: String)
  /// Text that none of the field's values is, because the resource declares a pattern for them.
  case valueMismatch(text: String, field: String, pattern: String)
  /// A JSON key that the resource's rule for keys refuses.
  case invalidKey(name: String, rule: String)

  // MARK: Repetition and combination
  case repeatedParameter(name: String)
  case repeatedSortKey(field: String)
  /// A connective on the first criterion joins it to nothing.
  case connectiveWithoutEffect(name: String)
  case conflictingParameters(name: String, other: String)
  /// A sort key after a random order, which leaves nothing to order.
  case sortKeyWithoutEffect(field: String)
  /// `filter[or][0][trashed]=with`: a parameter of the resource holds for the whole request.
  case parameterInGroup(name: String)
  /// `filter[usage-gt-or]=5` in a request that has groups, too.
  case connectiveBesideGroup(name: String)
  case missingParameter(name: String)
  /// `"filters": []`: a list of filters that holds none states no condition.
  case emptyFilter(name: String)
  /// Something that a real server reads and then leaves alone; `reason` says why.
  case withoutEffect(name: String, reason: String)

  // MARK: Pages
  case pageOutOfBounds(name: String, text: String, minimum: Int, maximum: Int)
  /// Text that is no cursor, or was cut or lengthened.
  case invalidCursor(reason: String)
  /// A cursor that none of the server's keys has written, or that was changed since.
  case forgedCursor
  /// A cursor of another filter, order, resource or tenant.
  case cursorOfOtherQuery
  /// A cursor in a form that this version does not read.
  case unknownCursorVersion(version: Int)

  // MARK: Limits
  case tooManyBytes(limit: Int)
  case tooManyParameters(limit: Int)
  case tooManyClauses(limit: Int)
  case tooDeep(limit: Int)
  case tooManyItems(limit: Int)
  case valueTooLong(limit: Int)
  case patternTooLong(limit: Int)
  case tooManyDigits(limit: Int)
  /// A regular expression that takes too many steps on a text: `(a+)+$` on a row of a's.
  case matchTooCostly(pattern: String)
  case tooManyDiagnostics(limit: Int)

  // MARK: Engines and set-up
  /// A query that is to be written in a query dialect which has no way to say it; `reason` adds why, when it is known.
  case notInDialect(clause: String, dialect: String, reason: String?)
  case notOnEngine(feature: String, engine: String)
  /// A field or relation that the type of the rows in memory does not hold.
  case unboundField(field: String, type: String)
  /// The resource demands an index, and none serves the filter, or gives the order. `served` names what one does serve.
  case noIndex(part: String, reason: String, engine: String, served: [String])
  case tooManyBindings(limit: Int, engine: String)
  case policyUnavailable(policy: String)
  case invalidResource(faults: [String])
  /// The server did not supply a value that the resource's scope needs.
  case missingScope(name: String)
  /// The server has no key to write and check cursors with.
  case noCursorKey
  /// The server did not supply the seed of a random order.
  case missingSeed

  // MARK: Files
  /// `{"nmae": …}`: a member that means nothing at its place.
  case unknownMember(name: String)
  case missingMember(name: String)
  /// A path of a document, a reference or a table that is not there.
  case notFound(kind: String, name: String)
}
