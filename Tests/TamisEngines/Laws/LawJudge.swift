import TamisMemory
package import TamisModel
import TamisPlanner
package import TamisTesting

/// Says what a query must select: the reference interpreter over one resource's records.
package struct LawJudge {
  package let generated: GeneratedResource
  package let reference: ReferenceInterpreter
  /// Each record's number, by its place.
  package let numbers: [Int]
  /// The records as the library reads them, for the places beside them.
  let records: RecordSet?

  package init(_ generated: GeneratedResource) {
    self.generated = generated
    reference = ReferenceInterpreter(resource: generated.resource, records: generated.records)
    numbers = generated.numbers
    let lines = generated.records.map(\.description).joined(separator: "\n")
    records = try? RecordReader(resource: generated.resource).readAll(Array(lines.utf8))
  }

  /// The case of a query with the answer that it must have.
  package func lawCase(_ typed: Query, _ kind: LawQuestion.Kind = .page) -> LawCase {
    lawCase(typed, kind, reference.answer(typed))
  }

  func lawCase(_ typed: Query, _ kind: LawQuestion.Kind, _ answer: ReferenceAnswer) -> LawCase {
    LawCase(
      generated: generated, typed: typed, normalised: Normalizer.normalise(typed), kind: kind,
      expected: kind == .count ? .count(answer.matchCount) : EngineAnswer(answer, numbers))
  }

  /// The page of a query beside a record; nil where no record of the query has that number.
  ///
  /// - Parameter whole: the numbers of all records that the query selects, in order, where they are known.
  package func lawCase(_ typed: Query, beside place: RecordPlace, whole: [Int]? = nil) -> LawCase? {
    let whole = whole ?? self.whole(typed)
    guard let index = whole.firstIndex(of: place.number), let next = beside(typed, place) else { return nil }
    let rest = place.side == .after ? whole[(index + 1)...] : whole[..<index]
    let page = place.side == .after ? rest.prefix(typed.page.limit) : rest.suffix(typed.page.limit)
    var lawCase = LawCase(
      generated: generated, typed: next, normalised: Normalizer.normalise(next), kind: .page,
      expected: .page(Array(page), hasMore: rest.count > page.count))
    lawCase.beside = place
    return lawCase
  }

  /// The numbers of all records that the query selects, in order.
  package func whole(_ query: Query) -> [Int] {
    var query = query
    query.page = .all
    return reference.answer(query).places.map { numbers[$0] }
  }

  private func beside(_ query: Query, _ place: RecordPlace) -> Query? {
    guard let records, let index = numbers.firstIndex(of: place.number), index < records.count else {
      return nil
    }
    let values = query.sort.map { records[index].value(of: $0.field) }
    return query.beside(KeysetBoundary(values: values, side: place.side))
  }

  /// The same question about other records, or another query, with the answer that it must then have.
  func lawCase(like other: LawCase, _ typed: Query) -> LawCase? {
    if let place = other.beside { return lawCase(typed, beside: place) }
    return lawCase(typed, other.kind)
  }

  /// Numbers of the records for which the predicate is UNKNOWN.
  func unknown(_ predicate: Predicate) -> [Int] {
    reference.records.indices.filter {
      reference.truth(of: predicate, for: reference.records[$0]) == .unknown
    }
    .map { numbers[$0] }
  }

  /// Of the records with these numbers those that the predicate selects, by the evaluator in memory.
  func filtered(_ found: [Int], by predicate: Predicate) throws -> [Int] {
    guard let records, let query = Query(generated.resource, where: predicate) else {
      throw EngineError(description: "no filter: \(predicate)")
    }
    let filter = RecordSetPredicate(Normalizer.normalise(query))
    return try found.filter { number in
      guard let place = numbers.firstIndex(of: number) else { return false }
      return try filter.matches(records[place])
    }
  }
}

/// A place in a query's order, beside the record with a number.
package struct RecordPlace: Equatable {
  package var number: Int
  package var side: KeysetBoundary.Side

  package init(number: Int, side: KeysetBoundary.Side) {
    self.number = number
    self.side = side
  }
}

extension Page {
  /// More than any generated resource has records.
  package static let all = Page(limit: 1_000, offset: 0)
}
