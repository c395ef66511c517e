import TamisModel
import TamisTesting

/// Questions about one query whose answers have to do with each other, whatever the reference says of each.
package struct LawCheck {
  package enum Law: String, CaseIterable {
    /// The page of a random query.
    case page = "queries"
    /// P, NOT P, and "P is unknown" are a partition of the records.
    case partition = "partitions"
    /// Pages by offset, one after another, are the whole, and the count counts it.
    case pages = "walks by offset"
    /// Pages by the place beside a record are the whole, forwards and backwards.
    case places = "walks by place"
    /// A part of a conjunction by the engine, and the rest in memory over its records, is the conjunction.
    case rest = "rests in memory"
  }

  package let law: Law
  package var cases: [LawCase]
  /// What is wrong with the answers together; nil where the law holds.
  let fault: ([EngineAnswer]) -> String?

  init(_ law: Law, _ cases: [LawCase], fault: @escaping ([EngineAnswer]) -> String? = { _ in nil }) {
    self.law = law
    self.cases = cases
    self.fault = fault
  }
}

// MARK: - Making them

extension LawJudge {
  /// Every record is in one of P, NOT P, and "P is unknown". Where a typed query can say that last, the engine is
  /// asked; in any case it is asked for P OR NOT P, and the rest is unknown.
  func partition(_ predicate: Predicate) -> LawCheck? {
    let questions = [predicate, .not(predicate), .or([predicate, .not(predicate)])] + [predicate.isUnknown]
    var cases: [LawCase] = []
    for question in questions.compactMap({ $0 }) {
      guard let query = Query(generated.resource, where: question, page: .all) else { return nil }
      cases.append(lawCase(query))
    }
    let all = numbers.sorted()
    let unknown = self.unknown(predicate)
    return LawCheck(.partition, cases) { answers in
      let found = answers.map(\.numbers)
      let rest = found.count > 3 ? found[3] : all.filter { !found[2].contains($0) }
      if (found[0] + found[1]).sorted() != found[2].sorted() {
        return "P is \(found[0]), NOT P \(found[1]), P OR NOT P \(found[2])"
      }
      if rest.sorted() != unknown.sorted() { return "P is unknown for \(rest), not \(unknown)" }
      if (found[0] + found[1] + rest).sorted() != all {
        return "P is \(found[0]), NOT P \(found[1]), unknown \(rest)"
      }
      return nil
    }
  }

  /// The sizes of pages to walk with: every size of a short list, some of a long one.
  private func sizes(_ count: Int, _ random: inout RandomSource) -> [Int] {
    guard count > 1 else { return [1] }
    if count <= 5 { return Array(1...count) }
    return [random.within(2...3), random.within(4...max(4, count / 2)), count]
  }

  func pages(_ query: Query, _ random: inout RandomSource) -> LawCheck {
    var query = query
    query.page = .all
    let answer = reference.answer(query)
    let whole = answer.places.map { numbers[$0] }
    var cases = [
      lawCase(query, .page, answer), lawCase(query, .columns, answer), lawCase(query, .count, answer),
    ]
    var ends = [cases.count]
    for size in sizes(whole.count, &random) {
      for start in stride(from: 0, to: max(1, whole.count), by: size) {
        query.page = Page(limit: size, offset: start)
        let places = Array(answer.places.dropFirst(start).prefix(size))
        cases.append(
          lawCase(
            query, .page,
            ReferenceAnswer(
              places: places, hasMore: start + size < whole.count, matchCount: answer.matchCount)))
      }
      ends.append(cases.count)
    }
    return LawCheck(.pages, cases) { answers in
      let whole = answers[0].numbers
      if answers[2] != .count(whole.count) { return "counts \(answers[2]), selects \(whole.count)" }
      for (start, end) in zip(ends, ends.dropFirst()) {
        let walked = answers[start..<end].flatMap(\.numbers)
        if walked != whole { return "pages give \(walked), the whole is \(whole)" }
      }
      return nil
    }
  }

  func places(_ query: Query, _ random: inout RandomSource) -> LawCheck? {
    var query = query
    query.page = .all
    let first = lawCase(query)
    let whole = first.expected.numbers
    guard whole.count > 1 else { return nil }
    let size = random.pick(sizes(whole.count - 1, &random))
    query.page.limit = size
    let starts = Array(stride(from: size, to: whole.count, by: size))
    let forwards = starts.map { RecordPlace(number: whole[$0 - 1], side: .after) }
    let backwards = stride(from: whole.count - 1, to: 0, by: -size).map {
      RecordPlace(number: whole[$0], side: .before)
    }
    let cases = (forwards + backwards).compactMap { lawCase(query, beside: $0, whole: whole) }
    guard cases.count == forwards.count + backwards.count else { return nil }
    return LawCheck(.places, [first, lawCase(query)] + cases) { answers in
      let whole = answers[0].numbers
      let walked = answers[1...(1 + forwards.count)].flatMap(\.numbers)
      if walked != whole { return "pages of \(size) after a place give \(walked), the whole is \(whole)" }
      let back = answers[(2 + forwards.count)...].reversed().flatMap(\.numbers) + whole.suffix(1)
      if back != whole { return "pages of \(size) before a place give \(back), the whole is \(whole)" }
      return nil
    }
  }

  /// One part by the engine, the other in memory over the records that it gives.
  func rest(_ query: Query, _ other: Predicate) -> LawCheck? {
    let part = query.predicate
    guard let pushed = Query(generated.resource, where: part, sort: query.sort, page: .all),
      let whole = Query(generated.resource, where: .and([part, other]), sort: query.sort, page: .all)
    else { return nil }
    return LawCheck(.rest, [lawCase(pushed), lawCase(whole)]) { answers in
      do {
        let rest = try filtered(answers[0].numbers, by: other)
        return rest == answers[1].numbers
          ? nil : "filtered after, \(rest); at once \(answers[1].numbers); after: \(other)"
      } catch {
        return "in memory: \(error)"
      }
    }
  }
}
