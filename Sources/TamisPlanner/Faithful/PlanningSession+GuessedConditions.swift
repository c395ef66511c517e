import TamisJSON
import TamisModel
import TamisRegex
import TamisSyntax

/// What a guessed value means in PostgreSQL against the column that it meets. Where the database fails, so does the
/// request, with a diagnostic of its own.
extension PlanningSession {
  mutating func write(_ criterion: GuessedCriterion, _ rules: GuessedSuffixRules) {
    let facts = planner.facts[criterion.field.index]
    if let virtual = facts.virtual {
      var part = criterion
      // Blnk: what stands for several columns is compared as it is.
      part.widensTimes = false
      return writeVirtual(virtual, criterion.operation) { session, field in
        part.field = field
        session.write(part, rules)
      }
    }
    var quantifier: Int?
    if let relation = facts.relation, relation != openRelation {
      var node = PredicateNode(kind: .any)
      node.other = FieldID(relation)
      node.span = criterion.span
      quantifier = writer.open(node)
    }
    let before = writer.nodes.count
    writeOwn(criterion, facts, rules)
    guard let quantifier else { return }
    if writer.nodes.count == before { writer.leaf(PredicateNode(kind: .never)) }
    writer.close(quantifier)
  }

  private mutating func writeOwn(
    _ criterion: GuessedCriterion, _ facts: FieldFacts, _ rules: GuessedSuffixRules
  ) {
    if criterion.operation == .isNull || criterion.operation == .isNotNull {
      return writeAbsence(criterion, isNegated: criterion.operation == .isNotNull)
    }
    // database/sql: an array or an object is no argument.
    let takesJSON = criterion.key != nil && criterion.operation == .equal
    if !takesJSON,
      let value = criterion.values.first(where: { if case .compound = $0.kind { true } else { false } })
    {
      return fail(
        .wrongShape(expected: "a string, a number or a boolean", found: "an array or an object"), value,
        criterion, rules)
    }
    if let value = criterion.values.first(where: Self.hasTooManyDigits) {
      return report(.tooManyDigits(limit: resource.limits.digits), value.text.span, criterion.parameter)
    }
    if criterion.key != nil { return writeKey(criterion, rules) }
    switch facts.type {
    case .text: writeText(criterion, rules)
    case .integer, .decimal:
      writeTyped(criterion, facts.type, rules) { $0.numberOperand($1, facts.type, criterion, rules) }
    case .date, .timestamp: writeTimes(criterion, facts.type, rules)
    case .json: writeDocument(criterion, rules)
    case .boolean, .uuid, .enumeration:
      writeTyped(criterion, facts.type, rules) { $0.wordOperand($1, facts.type, criterion, rules) }
    }
  }

  private static func hasTooManyDigits(_ value: GuessedValue) -> Bool {
    if case .number(.tooManyDigits) = value.kind { true } else { false }
  }

  // MARK: Leaves

  private func node(_ criterion: GuessedCriterion, _ kind: PredicateNode.Kind) -> PredicateNode {
    var node = PredicateNode(kind: kind)
    node.field = criterion.field
    node.span = criterion.span
    return node
  }

  /// The same at the key inside the document.
  private mutating func keyNode(
    _ criterion: GuessedCriterion, _ kind: PredicateNode.Kind, _ reading: JSONReading
  ) -> PredicateNode {
    var node = node(criterion, kind)
    guard let key = criterion.key else { return node }
    node.path = UInt32(clamping: writer.operands.count)
    writer.reserveOperands(1)
    writer.operands.append(Operand(.path, text: key))
    node.reading = reading
    return node
  }

  private mutating func writeAbsence(_ criterion: GuessedCriterion, isNegated: Bool) {
    var node = keyNode(criterion, .isNull, .canonicalText)
    node.isNegated = isNegated
    writer.leaf(node)
  }

  /// A comparison with null, or one that no value passes.
  private mutating func writeNever(_ criterion: GuessedCriterion) {
    writer.leaf(node(criterion, .never))
  }

  /// By the operator, over operands that are all there.
  private mutating func writeLeaf(
    _ base: PredicateNode, _ criterion: GuessedCriterion, _ operands: [Operand]
  ) {
    var node = base
    if let comparison = Comparison(criterion.operation) {
      node.comparison = comparison
    } else {
      node.kind = criterion.operation == .between ? .within : .member
    }
    let start = writer.operands.count
    writer.operands.append(contentsOf: operands)
    writer.leaf(node, operandsFrom: start)
  }

  // MARK: Faults

  /// The database refuses the statement: the server answers 500.
  private mutating func fail(
    _ problem: Problem, _ value: GuessedValue?, _ criterion: GuessedCriterion, _ rules: GuessedSuffixRules
  ) {
    refuse(
      problem, value?.text.span ?? criterion.span, criterion.parameter, status: 500,
      answer: rules.failureAnswer)
  }

  /// The server answers, but with what only its database can know.
  private mutating func notSupported(_ feature: String, _ value: GuessedValue?, _ criterion: GuessedCriterion)
  {
    report(.notSupported(feature: feature), value?.text.span ?? criterion.span, criterion.parameter)
  }

  private mutating func failOperator(_ criterion: GuessedCriterion, _ rules: GuessedSuffixRules) {
    let field = resource.field(criterion.field)
    fail(
      .operatorNotAllowed(
        operator: criterion.operation.name, field: field.name,
        allowed: GuessedOperators.all.filter { $0.family != .pattern }.map(\.name)), nil, criterion, rules)
  }

  private mutating func failValue(
    _ value: GuessedValue, _ criterion: GuessedCriterion, _ rules: GuessedSuffixRules
  ) {
    let type = resource.field(criterion.field).type
    fail(.invalidValue(text: string(value.text), type: type.noun, reason: nil), value, criterion, rules)
  }

  // MARK: Text columns

  /// lib/pq: every value goes as text, a number as its digits.
  private mutating func writeText(_ criterion: GuessedCriterion, _ rules: GuessedSuffixRules) {
    switch criterion.operation {
    case .like, .likeIgnoringCase: return writePattern(criterion, node(criterion, .pattern), rules)
    case .equal:
      if criterion.widensTimes, case .time(let time) = criterion.values[0].kind {
        return writeTextRange(criterion, time)
      }
    default: break
    }
    let operands = wireOperands(criterion)
    guard isComparable(criterion, operands) else { return writeNever(criterion) }
    writeLeaf(node(criterion, .compare), criterion, operands)
  }

  private mutating func wireOperands(_ criterion: GuessedCriterion) -> [Operand] {
    var operands: [Operand] = []
    for value in criterion.values {
      if let range = wireText(value) { operands.append(Operand(.text, text: range)) }
    }
    return operands
  }

  /// Null is left out of a list, and makes every other comparison unknown.
  private func isComparable(_ criterion: GuessedCriterion, _ operands: [Operand]) -> Bool {
    criterion.operation == .isIn ? !operands.isEmpty : operands.count == criterion.values.count
  }

  /// `indicator_eq=2024-01-01` · `indicator >= '2024-01-01 00:00:00Z' AND indicator < '2024-01-02 00:00:00Z'`
  private mutating func writeTextRange(_ criterion: GuessedCriterion, _ time: GoTime) {
    var node = node(criterion, .within)
    node.isHalfOpen = true
    writer.leaf(node, wallClockText(time, time.interval.floor), wallClockText(time, time.interval.ceiling))
  }

  private mutating func wallClockText(_ time: GoTime, _ wallClock: Int64) -> Operand {
    let start = parsed.buffer.count
    time.append(wallClock, to: &parsed.buffer)
    return Operand(.text, text: start..<parsed.buffer.count)
  }

  /// PostgreSQL: a backslash makes whatever follows it literal; at the end of a pattern it is a fault.
  private mutating func writePattern(
    _ criterion: GuessedCriterion, _ base: PredicateNode, _ rules: GuessedSuffixRules
  ) {
    guard let text = wireText(criterion.values[0]) else { return writeNever(criterion) }
    guard text.count <= resource.limits.patternBytes else {
      return report(
        .patternTooLong(limit: resource.limits.patternBytes), criterion.values[0].text.span,
        criterion.parameter)
    }
    var node = base
    node.ignoresCase = criterion.operation == .likeIgnoringCase
    do {
      writer.leaf(node, try PatternReader.postgreSQLLike(&parsed.buffer, text))
    } catch {
      fail(
        .invalidPattern(reason: "a backslash at the end escapes nothing"), criterion.values[0], criterion,
        rules)
    }
  }

  // MARK: Columns of other types

  /// Comparisons and lists of values that the column's type reads.
  private mutating func writeTyped(
    _ criterion: GuessedCriterion, _ type: FieldFacts.TypeClass, _ rules: GuessedSuffixRules,
    _ operand: (inout PlanningSession, GuessedValue) -> Operand?
  ) {
    if criterion.operation.family == .pattern { return failOperator(criterion, rules) }
    if criterion.operation.family == .ordering, type == .boolean || type == .uuid || type == .enumeration {
      return notSupported("an order of these values", nil, criterion)
    }
    var operands: [Operand] = []
    var isFine = true
    for value in criterion.values where !value.isNull {
      if let operand = operand(&self, value) { operands.append(operand) } else { isFine = false }
    }
    guard isFine else { return }
    guard isComparable(criterion, operands) else { return writeNever(criterion) }
    writeLeaf(node(criterion, .compare), criterion, operands)
  }

  /// Nil, and a report, for what the column's type does not read.
  fileprivate mutating func numberOperand(
    _ value: GuessedValue, _ type: FieldFacts.TypeClass, _ criterion: GuessedCriterion,
    _ rules: GuessedSuffixRules
  ) -> Operand? {
    var digits: Range<Int>?
    switch value.kind {
    case .number(.finite(let range)): digits = range
    case .number(.negativeZero): digits = append("0")
    case .number(.notANumber), .number(.infinity):
      // PostgreSQL: numeric has them, an integer does not.
      if type == .decimal {
        notSupported("NaN and infinities as numbers", value, criterion)
        return nil
      }
    case .text:
      switch PostgreSQLText.number(parsed.buffer, value.text.range) {
      case .value(let range): digits = range
      case .onlyThere where type == .decimal:
        notSupported("NaN and infinities as numbers", value, criterion)
        return nil
      case .onlyThere, .invalid: break
      }
    case .number(.tooManyDigits), .boolean, .time, .null, .compound: break
    }
    guard let digits else {
      failValue(value, criterion, rules)
      return nil
    }
    return typedNumber(digits, value, type, criterion, rules)
  }

  private mutating func typedNumber(
    _ digits: Range<Int>, _ value: GuessedValue, _ type: FieldFacts.TypeClass,
    _ criterion: GuessedCriterion, _ rules: GuessedSuffixRules
  ) -> Operand? {
    do {
      return try Coercion.scalar(
        type, enumeration: nil, &parsed.buffer, digits, digitLimit: resource.limits.digits)
    } catch {
      if case .tooManyDigits = error {
        report(.tooManyDigits(limit: resource.limits.digits), value.text.span, criterion.parameter)
      } else {
        // PostgreSQL: a bigint takes no fraction, and nothing beyond 64 bits.
        failValue(value, criterion, rules)
      }
      return nil
    }
  }

  /// Booleans, UUIDs and names of cases.
  fileprivate mutating func wordOperand(
    _ value: GuessedValue, _ type: FieldFacts.TypeClass, _ criterion: GuessedCriterion,
    _ rules: GuessedSuffixRules
  ) -> Operand? {
    guard let text = wireText(value) else { return nil }
    if type == .boolean, let flag = PostgreSQLText.boolean(parsed.buffer, text) {
      return Operand(.boolean, number: flag ? 1 : 0)
    }
    let enumeration = planner.enumerations[criterion.field.index]
    if type != .boolean,
      let operand = try? Coercion.scalar(
        type, enumeration: enumeration, &parsed.buffer, text, digitLimit: resource.limits.digits)
    {
      return operand
    }
    failValue(value, criterion, rules)
    return nil
  }

  // MARK: Timestamp and date columns

  private mutating func writeTimes(
    _ criterion: GuessedCriterion, _ type: FieldFacts.TypeClass, _ rules: GuessedSuffixRules
  ) {
    if criterion.operation.family == .pattern { return failOperator(criterion, rules) }
    if criterion.operation == .equal, criterion.widensTimes, case .time(let time) = criterion.values[0].kind {
      guard hasReadableOffset(time) else { return failValue(criterion.values[0], criterion, rules) }
      let interval = time.interval
      return writeInterval(
        criterion, type, inColumn(interval.floor, type), inColumn(interval.ceiling, type), isHalfOpen: true)
    }
    var points: [Int64] = []
    var isFine = true
    for value in criterion.values where !value.isNull {
      if let point = wallClock(value, criterion, rules) {
        points.append(inColumn(point, type))
      } else {
        isFine = false
      }
    }
    guard isFine else { return }
    let operands = points.map { Operand(type == .date ? .date : .timestamp, number: $0) }
    guard isComparable(criterion, operands) else { return writeNever(criterion) }
    writePoints(criterion, type, points)
  }

  /// A date column takes the day of a time; a timestamp column without a zone, its wall clock.
  private func inColumn(_ wallClock: Int64, _ type: FieldFacts.TypeClass) -> Int64 {
    type == .date ? Timestamp.floorDivide(wallClock, Timestamp.microsecondsPerDay) : wallClock
  }

  /// PostgreSQL: an offset is discarded, but has to be one.
  private func hasReadableOffset(_ time: GoTime) -> Bool { abs(time.offsetMinutes) < 16 * 60 }

  private mutating func wallClock(
    _ value: GuessedValue, _ criterion: GuessedCriterion, _ rules: GuessedSuffixRules
  ) -> Int64? {
    switch value.kind {
    case .time(let time) where hasReadableOffset(time): return time.rounded
    case .text, .number(.finite):
      guard let text = wireText(value) else { return nil }
      switch PostgreSQLText.wallClock(parsed.buffer, text) {
      case .value(let point): return point
      case .onlyThere:
        notSupported("a date that only PostgreSQL reads, '\(string(value.text))'", value, criterion)
        return nil
      case .invalid: break
      }
    case .time, .number, .boolean, .null, .compound: break
    }
    failValue(value, criterion, rules)
    return nil
  }

  private func operandKind(_ type: FieldFacts.TypeClass) -> Operand.Kind {
    type == .date ? .date : .timestamp
  }

  /// Years before 1 are before every value of a column.
  private func minimum(_ type: FieldFacts.TypeClass) -> Int64 {
    type == .date ? CalendarDate.minimumDays : Timestamp.minimum
  }

  private mutating func writeInterval(
    _ criterion: GuessedCriterion, _ type: FieldFacts.TypeClass, _ lower: Int64, _ upper: Int64,
    isHalfOpen: Bool
  ) {
    guard upper >= minimum(type) else { return writeNever(criterion) }
    var node = node(criterion, .within)
    node.isHalfOpen = isHalfOpen
    let kind = operandKind(type)
    writer.leaf(
      node, Operand(kind, number: Swift.max(lower, minimum(type))), Operand(kind, number: upper))
  }

  private mutating func writePoints(
    _ criterion: GuessedCriterion, _ type: FieldFacts.TypeClass, _ points: [Int64]
  ) {
    if criterion.operation == .between {
      return writeInterval(criterion, type, points[0], points[1], isHalfOpen: false)
    }
    let known = points.filter { $0 >= minimum(type) }
    if known.count == points.count || (criterion.operation == .isIn && !known.isEmpty) {
      return writeLeaf(
        node(criterion, .compare), criterion, known.map { Operand(operandKind(type), number: $0) })
    }
    switch criterion.operation {
    case .greater, .greaterOrEqual, .notEqual: writeAbsence(criterion, isNegated: true)
    default: writeNever(criterion)
    }
  }

  // MARK: Whole documents

  /// PostgreSQL: a jsonb column compares with JSON text, and equals it or not.
  private mutating func writeDocument(_ criterion: GuessedCriterion, _ rules: GuessedSuffixRules) {
    if criterion.operation.family == .pattern { return failOperator(criterion, rules) }
    var documents: [Operand] = []
    for value in criterion.values where !value.isNull {
      guard let text = wireText(value), let json = minified(text) else {
        return failValue(value, criterion, rules)
      }
      documents.append(Operand(.json, text: json))
    }
    guard isComparable(criterion, documents) else { return writeNever(criterion) }
    guard criterion.operation.family == .equality else {
      return notSupported("an order of whole documents", nil, criterion)
    }
    let group = documents.count > 1 ? writer.open(PredicateNode(kind: .or)) : nil
    for document in documents {
      var node = node(criterion, .compare)
      node.comparison = criterion.operation == .notEqual ? .notEqual : .equal
      writer.leaf(node, document)
    }
    if let group { writer.close(group) }
  }

  private mutating func minified(_ text: Range<Int>) -> Range<Int>? {
    var limits = QueryLimits()
    limits.depth = 100
    guard
      let document = try? JSONDocument.parse(
        parsed.buffer.span.extracting(text), limits: limits, allowsDuplicates: false)
    else { return nil }
    return append(document.minified(0))
  }

  // MARK: Keys inside documents

  private mutating func writeKey(_ criterion: GuessedCriterion, _ rules: GuessedSuffixRules) {
    switch criterion.operation {
    case .equal: writeKeyEquality(criterion)
    case .notEqual: writeKeyDifference(criterion)
    case .isIn:
      let operands = wireOperands(criterion)
      guard isComparable(criterion, operands) else { return writeNever(criterion) }
      writeLeaf(keyNode(criterion, .member, .canonicalText), criterion, operands)
    case .like, .likeIgnoringCase:
      writePattern(criterion, keyNode(criterion, .pattern, .canonicalText), rules)
    default: writeKeyNumbers(criterion, rules)
    }
  }

  /// Blnk: `meta_data @> '{"tier":"gold"}'`: the JSON type counts. A time is looked for as a range.
  private mutating func writeKeyEquality(_ criterion: GuessedCriterion) {
    let value = criterion.values[0]
    if case .time(let time) = value.kind { return writeKeyTime(criterion, time) }
    guard let json = json(value) else {
      // Blnk drops such a filter, and gives what it was to keep back.
      return notSupported("NaN and infinities as JSON values", value, criterion)
    }
    writer.leaf(containment(criterion), Operand(.json, text: object(criterion, json)))
  }

  private func containment(_ criterion: GuessedCriterion) -> PredicateNode {
    var node = node(criterion, .jsonContains)
    node.reading = .sameType
    return node
  }

  /// `{"key":value}`
  private mutating func object(_ criterion: GuessedCriterion, _ json: [UInt8]) -> Range<Int> {
    var writer = JSONWriter()
    writer.beginObject()
    writer.name(Array(parsed.buffer[criterion.key ?? 0..<0]))
    writer.raw(json)
    writer.endObject()
    return append(writer.bytes)
  }

  private func json(_ value: GuessedValue) -> [UInt8]? {
    switch value.kind {
    case .null: return Array("null".utf8)
    case .boolean(let flag): return Array((flag ? "true" : "false").utf8)
    case .number(.finite(let digits)): return Array(parsed.buffer[digits])
    case .number(.negativeZero): return Array("0".utf8)
    case .number(.notANumber), .number(.infinity), .number(.tooManyDigits), .time: return nil
    case .text: return quoted(value.text.range)
    case .compound: return Array(parsed.buffer[value.text.range])
    }
  }

  private func quoted(_ text: Range<Int>) -> [UInt8] {
    var writer = JSONWriter()
    writer.string(parsed.buffer[text])
    return writer.bytes
  }

  /// Blnk: `meta_data->>'tier' != 'gold'`, as text: of a number its digits, of an array or an object something else
  /// than any scalar.
  private mutating func writeKeyDifference(_ criterion: GuessedCriterion) {
    guard let text = wireText(criterion.values[0]) else { return writeNever(criterion) }
    let group = writer.open(PredicateNode(kind: .and))
    writeAbsence(criterion, isNegated: true)
    var forms = [quoted(text)]
    if isScalarText(text) { forms.append(Array(parsed.buffer[text])) }
    for form in forms {
      var node = containment(criterion)
      node.isNegated = true
      writer.leaf(node, Operand(.json, text: object(criterion, form)))
    }
    writer.close(group)
  }

  /// Whether a JSON number or boolean has this text.
  private func isScalarText(_ text: Range<Int>) -> Bool {
    let bytes = parsed.buffer[text]
    if bytes.elementsEqual("true".utf8) || bytes.elementsEqual("false".utf8) { return true }
    var canonical: [UInt8] = []
    return DecimalText.canonicalise(parsed.buffer, text, into: &canonical, digitLimit: resource.limits.digits)
      == .number && bytes.elementsEqual(canonical)
  }

  /// Blnk: `(meta_data->>'score')::numeric > 5`: of a string the number that it spells. A row that holds no number
  /// fails there; here it is unknown.
  private mutating func writeKeyNumbers(_ criterion: GuessedCriterion, _ rules: GuessedSuffixRules) {
    var operands: [Operand] = []
    var isFine = true
    for value in criterion.values where !value.isNull {
      if let operand = numberOperand(value, .decimal, criterion, rules) {
        operands.append(operand)
      } else {
        isFine = false
      }
    }
    guard isFine else { return }
    guard isComparable(criterion, operands) else { return writeNever(criterion) }
    writeLeaf(keyNode(criterion, .compare, .numericText), criterion, operands)
  }

  /// Blnk: `(meta_data->>'on')::timestamp >= … AND … < …`. A row that holds no time fails there; here it is unknown.
  private mutating func writeKeyTime(_ criterion: GuessedCriterion, _ time: GoTime) {
    let pattern = append(TimeTextPattern(time).bytes)
    let span = criterion.values[0].text.span
    var node = keyNode(criterion, .matches, .canonicalText)
    node.firstOperand = UInt32(clamping: writer.operands.count)
    writer.operands.append(PatternPlace(span: span, isJSON: false).operand)
    do {
      // Compiled here, so that what runs the query finds it compiled.
      _ = try RegexCache.shared.matcher(for: Array(parsed.buffer[pattern]))
      writer.leaf(node, Operand(.text, text: pattern))
    } catch {
      report(.invalidPattern(reason: error.reason), span, criterion.parameter)
    }
  }
}
