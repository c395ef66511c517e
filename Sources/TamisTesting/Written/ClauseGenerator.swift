import TamisModel

/// Random criteria with operands that suit their fields.
struct ClauseGenerator {
  let resource: Resource
  let pool: OperandPool
  let isBody: Bool

  private var writer: OperandWriter { OperandWriter(pool: pool, isBody: isBody) }

  func fields(_ relation: String?) -> [Field] {
    resource.fields(in: relation)
  }

  /// Of the record itself, or of an element.
  func clause(_ relation: String?, operators: OperatorSet, _ random: inout RandomSource) -> WrittenClause? {
    let fields = fields(relation)
    let documents = fields.filter { $0.type == .json }
    let field = !documents.isEmpty && random.chance(20) ? documents[0] : random.pick(fields)
    return clause(field, relation, operators: operators, &random)
  }

  func clause(
    _ field: Field, _ relation: String?, operators: OperatorSet, _ random: inout RandomSource
  ) -> WrittenClause? {
    var path = FieldPath(field.name)
    var allowed = field.operators
    if field.type == .json {
      guard field.keyRule != .none else { return nil }
      allowed = allowed.union(.nullTests)
      if random.chance(80) {
        path.keys = pool.keys(field, &random)
        path.reading = isBody ? .sameType : .canonicalText
      } else {
        allowed = allowed.intersection(OperatorSet([.isNull, .isNotNull, .exists, .jsonContains]))
      }
    }
    let choices = allowed.intersection(operators).operators
    guard !choices.isEmpty else { return nil }
    var clause = WrittenClause(
      field: field, path: path, relation: relation, operation: random.pick(choices), operands: [])
    return fill(&clause, &random) ? clause : nil
  }

  private func fill(_ clause: inout WrittenClause, _ random: inout RandomSource) -> Bool {
    switch clause.operation {
    case .isNull, .isNotNull: return true
    case .exists: clause.flag = random.chance(50)
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      return fillComparison(&clause, &random)
    case .isIn, .isNotIn:
      let count = isBody && random.chance(5) ? 0 : random.within(1...4)
      clause.operands = (0..<count).map { _ in writer.operand(clause, &random) }
    case .between, .notBetween:
      clause.operands = writer.bounds(clause, &random)
      return clause.field.type != .json || haveOneKind(clause.operands)
    case .like, .notLike, .likeIgnoringCase, .notLikeIgnoringCase, .contains, .containsIgnoringCase,
      .startsWith,
      .startsWithIgnoringCase, .endsWith, .endsWithIgnoringCase:
      clause.operands = [writer.pattern(clause, &random)]
    case .jsonContains: clause.operands = [document(clause, &random)]
    case .matches, .notMatches: clause.operands = [writer.regex(clause, &random)]
    }
    return true
  }

  private func fillComparison(_ clause: inout WrittenClause, _ random: inout RandomSource) -> Bool {
    let isEquality = clause.operation == .equal || clause.operation == .notEqual
    if clause.field.type == .json, isBody, isEquality, random.chance(25) {
      let operand = document(clause, &random)
      if case .document(let tree) = operand.meaning, tree.isScalar { return false }
      clause.operands = [operand]
      return true
    }
    clause.operands = [writer.operand(clause, &random)]
    // In a document's keys, true and false have no order.
    if clause.field.type == .json, case .value(.boolean) = clause.operands[0].meaning { return isEquality }
    return true
  }

  private func haveOneKind(_ operands: [WrittenOperand]) -> Bool {
    switch (operands[0].meaning, operands[1].meaning) {
    case (.value(.text), .value(.text)), (.value(.number), .value(.number)): true
    default: false
    }
  }

  private func document(_ clause: WrittenClause, _ random: inout RandomSource) -> WrittenOperand {
    let tree = pool.document(clause.path, relation: clause.relation, &random)
    let part = tree == .null ? JSONTree.object([]) : tree
    return WrittenOperand(meaning: .document(part), text: part.description, json: part)
  }
}
