import TamisModel

/// Writes operands: a value in one of its spellings, with its meaning.
struct OperandWriter {
  let pool: OperandPool
  let isBody: Bool

  private var dates: DateWriter { DateWriter(offsetMinutes: pool.resource.offsetMinutes) }

  /// One value for a comparison.
  func operand(_ clause: WrittenClause, _ random: inout RandomSource) -> WrittenOperand {
    spelled(pool.value(clause.path, relation: clause.relation, &random), clause.field, &random)
  }

  /// Two bounds of one kind.
  func bounds(_ clause: WrittenClause, _ random: inout RandomSource) -> [WrittenOperand] {
    let (lower, upper) = pool.bounds(clause.path, relation: clause.relation, &random)
    return [spelled(lower, clause.field, &random), spelled(upper, clause.field, &random)]
  }

  func spelled(_ value: ReferenceValue, _ field: Field, _ random: inout RandomSource) -> WrittenOperand {
    switch value {
    case .day(let day): return dates.day(day, &random)
    case .instant(let instant): return dates.instant(instant, &random)
    case .number(let number): return self.number(number, isDocument: field.type == .json, &random)
    case .boolean(let flag):
      let text = random.pick(flag ? ["true", "1"] : ["false", "0"])
      return WrittenOperand(meaning: .value(value), text: text, json: .boolean(flag))
    case .uuid(let text):
      let text = random.chance(30) ? text.uppercased() : text
      return WrittenOperand(meaning: .value(value), text: text, json: .string(text))
    case .enumeration(let name, _):
      let folds = field.enumeration?.matchesAnyCase == true && random.chance(50)
      let text = folds ? name.lowercased() : name
      return WrittenOperand(meaning: .value(value), text: text, json: .string(text))
    case .text(let scalars):
      let text = ValueSpelling.string(scalars)
      return WrittenOperand(meaning: .value(value), text: text, json: .string(text))
    case .json(let tree): return WrittenOperand(meaning: .document(tree), text: tree.description, json: tree)
    case .null: return WrittenOperand(meaning: .value(.text([])), text: "", json: .string(""))
    }
  }

  private func number(
    _ number: ReferenceNumber, isDocument: Bool, _ random: inout RandomSource
  ) -> WrittenOperand {
    let plain = number.description
    let point = number.fraction.isEmpty ? "." : ""
    var spellings = [plain, plain, plain, plain + point + "0", plain + "e0", plain + point + "00E+0"]
    if number.fraction.isEmpty, number.whole.last == 0 {
      spellings.append((number.isNegative ? "-" : "") + digits(number.whole.dropLast()) + "e1")
    }
    let json = random.pick(spellings)
    if isBody {
      // Digits in quotes are a number too, where the field's type says so.
      let tree: JSONTree = !isDocument && random.chance(25) ? .string(json) : .number(json)
      return WrittenOperand(meaning: .value(.number(number)), text: plain, json: tree)
    }
    if !number.isNegative { spellings += ["+" + plain, "00" + plain] }
    if plain.hasPrefix("0.") { spellings.append(String(plain.dropFirst())) }
    return WrittenOperand(meaning: .value(.number(number)), text: random.pick(spellings), json: .number(json))
  }

  private func digits(_ digits: ArraySlice<UInt8>) -> String {
    String(decoding: digits.map { $0 + 48 }, as: UTF8.self)
  }

  // MARK: Patterns

  /// The operand of a pattern operator.
  func pattern(_ clause: WrittenClause, _ random: inout RandomSource) -> WrittenOperand {
    var scalars: [Unicode.Scalar] = []
    if case .text(let text) = pool.value(clause.path, relation: clause.relation, &random) { scalars = text }
    let facts = clause.operation
    if Self.ignoresCase(facts), random.chance(50) { scalars = scalars.map(ValueGenerator.swapCase) }
    let text: String
    var meaning: String
    if Self.isLike(facts) {
      let elements = PatternGenerator.elements(around: scalars, &random)
      text = PatternGenerator.like(elements)
      meaning = text
    } else {
      text = ValueSpelling.string(piece(of: scalars, facts, &random))
      meaning = PatternGenerator.like(text.unicodeScalars.map(ReferenceText.Element.scalar))
      if !Self.isPrefix(facts) { meaning = "%" + meaning }
      if !Self.isSuffix(facts) { meaning += "%" }
    }
    return WrittenOperand(meaning: .pattern(meaning), text: text, json: .string(text))
  }

  /// The operand of `matches`.
  func regex(_ clause: WrittenClause, _ random: inout RandomSource) -> WrittenOperand {
    var scalars: [Unicode.Scalar] = []
    if case .text(let text) = pool.value(clause.path, relation: clause.relation, &random) { scalars = text }
    var generator = RegexGenerator(random: random.fork())
    let pattern = generator.pattern(around: scalars)
    return WrittenOperand(meaning: .pattern(pattern), text: pattern, json: .string(pattern))
  }

  private func piece(
    of text: [Unicode.Scalar], _ operation: Operator, _ random: inout RandomSource
  ) -> [Unicode.Scalar] {
    let cut = random.below(text.count + 1)
    if Self.isPrefix(operation) { return Array(text[..<cut]) }
    if Self.isSuffix(operation) { return Array(text[cut...]) }
    return Array(text[cut...].prefix(random.within(0...3)))
  }

  private static func isLike(_ operation: Operator) -> Bool {
    [.like, .notLike, .likeIgnoringCase, .notLikeIgnoringCase].contains(operation)
  }

  private static func isPrefix(_ operation: Operator) -> Bool {
    [.startsWith, .startsWithIgnoringCase].contains(operation)
  }

  private static func isSuffix(_ operation: Operator) -> Bool {
    [.endsWith, .endsWithIgnoringCase].contains(operation)
  }

  private static func ignoresCase(_ operation: Operator) -> Bool {
    [
      .likeIgnoringCase, .notLikeIgnoringCase, .containsIgnoringCase, .startsWithIgnoringCase,
      .endsWithIgnoringCase,
    ]
    .contains(operation)
  }
}
