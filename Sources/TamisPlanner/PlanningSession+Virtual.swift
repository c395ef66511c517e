import TamisModel

/// Criteria of names that stand for several fields.
extension PlanningSession {
  /// `balance_id_eq=b1` · `source = b1 OR destination = b1`
  mutating func writeVirtual(_ criterion: ResolvedCriterion, _ virtual: Int) {
    writeVirtual(virtual, criterion.operation) { session, field in
      var part = criterion
      part.field = field
      session.write(part)
    }
  }

  /// Writes each part in one group. What is wrong with the first is wrong with all, and told once.
  mutating func writeVirtual(
    _ virtual: Int, _ operation: Operator, _ writePart: (inout PlanningSession, FieldID) -> Void
  ) {
    let parts = resource.parts(ofVirtual: virtual)
    let group = writer.open(PredicateNode(kind: isOfAll(parts, operation) ? .and : .or))
    for field in parts {
      let before = bag.errorCount
      writePart(&self, field)
      if bag.errorCount > before { break }
    }
    writer.close(group)
  }

  /// What denies is said of every field of the record; of related records, one is enough.
  private func isOfAll(_ parts: [FieldID], _ operation: Operator) -> Bool {
    guard parts.allSatisfy({ planner.facts[$0.index].relation == nil }) else { return false }
    switch operation {
    case .notEqual, .isNotIn, .notBetween, .notLike, .notLikeIgnoringCase, .notMatches, .isNull: return true
    case .equal, .less, .lessOrEqual, .greater, .greaterOrEqual, .isIn, .between, .like, .likeIgnoringCase,
      .contains, .containsIgnoringCase, .startsWith, .startsWithIgnoringCase, .endsWith,
      .endsWithIgnoringCase, .isNotNull, .exists, .jsonContains, .matches:
      return false
    }
  }
}
