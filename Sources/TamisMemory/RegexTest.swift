import Synchronization
import TamisModel
import TamisRegex

/// Whether a regular expression is found in a text. What fails, because the pattern takes too many steps, goes to the
/// evaluation's slot, and no row passes after that.
struct RegexTest: Sendable {
  private let matcher: Result<RegexMatcher, QueryError>
  private let pattern: [UInt8]
  private let isNegated: Bool
  private let span: SourceSpan
  private var slot = FailureSlot()

  /// A pattern that is none, which planning lets no request have, fails when it is used.
  init(_ pattern: [UInt8], isNegated: Bool, span: SourceSpan) {
    self.pattern = pattern
    self.isNegated = isNegated
    self.span = span
    do {
      matcher = .success(try RegexCache.shared.matcher(for: pattern))
    } catch {
      matcher = .failure(QueryError(Diagnostic(.invalidPattern(reason: error.reason), span)))
    }
  }

  /// The same test for one evaluation.
  func reporting(to slot: FailureSlot) -> RegexTest {
    var copy = self
    copy.slot = slot
    return copy
  }

  func matches(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    if slot.isFilled { return false }
    switch matcher {
    case .failure(let error): slot.fill(error)
    case .success(let matcher):
      do {
        return try matcher.matches(text.extracting(range)) != isNegated
      } catch {
        slot.fill(QueryError(Diagnostic(problem(of: error), span)))
      }
    }
    return false
  }

  private func problem(of failure: RegexFailure) -> Problem {
    switch failure {
    case .limit: .matchTooCostly(pattern: String(decoding: pattern, as: UTF8.self))
    case .engine(let number): .invalidPattern(reason: "PCRE2 failed with its error \(number)")
    }
  }
}

/// The first failure of one evaluation.
final class FailureSlot: Sendable {
  private let filled = Atomic(false)
  private let stored = Guarded<QueryError?>(nil)

  var isFilled: Bool { filled.load(ordering: .relaxed) }
  var error: QueryError? { stored.withLock { $0 } }

  func fill(_ error: QueryError) {
    stored.withLock { if $0 == nil { $0 = error } }
    filled.store(true, ordering: .relaxed)
  }
}

/// One evaluation of a program. Only regular expressions can fail; a program without them is run as it is.
struct PredicateRun {
  let program: PredicateProgram
  private let slot: FailureSlot?

  init(_ program: PredicateProgram) {
    guard program.canFail else {
      self.program = program
      slot = nil
      return
    }
    let slot = FailureSlot()
    var copy = program
    for index in copy.nodes.indices { copy.nodes[index].step = copy.nodes[index].step.reporting(to: slot) }
    self.program = copy
    self.slot = slot
  }

  /// To be called before a result is believed.
  func checkFailure() throws(QueryError) {
    if let error = slot?.error { throw error }
  }
}

extension PredicateProgram.Step {
  fileprivate func reporting(to slot: FailureSlot) -> PredicateProgram.Step {
    switch self {
    case .field(let column, .regex(let test)): .field(column: column, .regex(test.reporting(to: slot)))
    case .path(let column, let path):
      if case .regex(let test) = path.test {
        .path(
          column: column,
          JSONPathTest(path: path.path, reading: path.reading, test: .regex(test.reporting(to: slot))))
      } else {
        self
      }
    case .and, .or, .constant, .field, .fields, .any: self
    }
  }
}
