import TamisMemory
package import TamisModel
package import TamisTesting

/// One way of running a typed query over a resource's records.
package protocol LawEngine: AnyObject {
  var name: String { get }
  /// What the engine calls its version.
  var version: String { get }
  /// Makes the records ready; called once for each resource.
  func load(_ generated: GeneratedResource) throws
  func answer(_ query: Query) -> EngineAnswer
  /// How many records the filter selects, where the engine counts apart.
  func count(_ query: Query) throws -> Int?
  /// Puts questions and returns what waits for their answers, so that engines in other processes work meanwhile.
  func ask(_ questions: [LawQuestion]) -> () -> [EngineAnswer]
  /// The time that the engine itself has taken, where it says so.
  var ownSeconds: Double? { get }
  /// The statement's text, where there is one.
  func text(of query: Query) -> String?
  /// What was run, for a report.
  func explanation(of query: Query) -> String
}

extension LawEngine {
  package var version: String { "" }
  package var ownSeconds: Double? { nil }

  package func ask(_ questions: [LawQuestion]) -> () -> [EngineAnswer] {
    { questions.map(self.answer) }
  }

  package func answer(_ question: LawQuestion) -> EngineAnswer {
    guard question.kind == .count else { return answer(question.query) }
    do {
      return try count(question.query).map(EngineAnswer.count) ?? .refused(["counting"])
    } catch {
      return .failed("\(error)")
    }
  }
}

package enum EngineAnswer: Equatable {
  /// Row numbers in order, and whether more follow.
  case page([Int], hasMore: Bool)
  /// How many records there are on all pages.
  case count(Int)
  /// The engine said that it cannot.
  case refused([String])
  /// Anything else: always a fault.
  case failed(String)

  /// Those of a page.
  package var numbers: [Int] {
    switch self {
    case .page(let numbers, _): numbers
    case .count, .refused, .failed: []
    }
  }

  enum Kind { case answer, refusal, failure }

  var kind: Kind {
    switch self {
    case .page, .count: .answer
    case .refused: .refusal
    case .failed: .failure
    }
  }
}

extension EngineAnswer: CustomStringConvertible {
  package var description: String {
    switch self {
    case .page(let numbers, let hasMore): "\(numbers)\(hasMore ? " …" : "")"
    case .count(let count): "\(count) records"
    case .refused(let features): "refused: \(features)"
    case .failed(let reason): "FAILED: \(reason)"
    }
  }
}

extension EngineAnswer {
  init(_ answer: ReferenceAnswer, _ numbers: [Int]) {
    self = .page(answer.places.map { numbers[$0] }, hasMore: answer.hasMore)
  }
}

/// Records in memory, read from JSON.
package final class MemoryEngine: LawEngine {
  package let name = "memory"
  private var records: RecordSet?
  private var numbers: [Int] = []

  package init() {}

  package func load(_ generated: GeneratedResource) throws {
    let lines = generated.records.map(\.description).joined(separator: "\n")
    records = try RecordReader(resource: generated.resource).readAll(Array(lines.utf8))
    numbers = generated.numbers
  }

  package func answer(_ query: Query) -> EngineAnswer {
    guard let records else { return .failed("nothing loaded") }
    do {
      let selection = try RecordSelection.select(query, from: records)
      return .page(selection.indices.map { numbers[$0] }, hasMore: selection.hasMore)
    } catch {
      return .failed("\(error)")
    }
  }

  package func count(_ query: Query) -> Int? {
    records.flatMap { try? RecordSetPredicate(query).indices(in: $0).count }
  }

  package func text(of query: Query) -> String? { nil }

  package func explanation(of query: Query) -> String { query.predicate.description }
}

extension GeneratedResource {
  /// Each record's number, which is its identity in all answers.
  package var numbers: [Int] {
    records.map { record in
      guard case .number(let text)? = record[Self.numberField] else { return -1 }
      return Int(text) ?? -1
    }
  }
}
