/// Clauses of a filter that no record can satisfy together: an analysis beside the query, which changes neither its
/// SQL nor its answer. A server may skip the database; people may see why nothing comes back.
///
///     balance_gt=5&balance_lt=3
public struct Emptiness: Hashable, Sendable {
  /// What can not be TRUE at once.
  public struct Contradiction: Hashable, Sendable {
    /// The field asked about; nil for a filter that is FALSE by itself.
    public var field: FieldPath?
    /// Where the clauses were written, ascending; without what the client did not write.
    public var spans: [SourceSpan]

    /// One English sentence without a full stop, that quotes nothing of the request.
    public var message: String {
      guard let field else { return "the condition is false for every record" }
      return spans.count > 1
        ? "no value of the field \(field.field) satisfies these together"
        : "no value of the field \(field.field) satisfies this"
    }
  }

  /// Never empty, in the order in which they were found.
  public let contradictions: [Contradiction]
}

extension Query {
  /// Why no record whatever can be selected; nil when nothing proves that.
  ///
  /// Sound, not complete: what it names is contradictory by the declared types, precisions, cases and nullability of
  /// the fields and by three-valued logic. It takes time n log n in the operands.
  public var emptiness: Emptiness? {
    var analysis = EmptinessAnalysis(query: self)
    return analysis.run() ? Emptiness(contradictions: analysis.found) : nil
  }

  /// Parts of the filter that can not be TRUE although the whole can: dead alternatives.
  package var deadParts: [Emptiness.Contradiction] {
    var analysis = EmptinessAnalysis(query: self)
    return analysis.run() ? [] : analysis.dead
  }
}
