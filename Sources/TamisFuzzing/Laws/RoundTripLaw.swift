import Tamis
import TamisPlanner
import TamisTesting

/// What a query is written as is read as the same query, in every dialect that can say it.
enum RoundTripLaw {
  static func violation(of input: [UInt8]) -> String? {
    guard let input = FuzzInput(input) else { return nil }
    let request = Array(input.rest)
    do {
      let compiled = try input.compile(request)
      return LinkLaw.violation(of: compiled, request, input)
        ?? FuzzRegistry.queryDialects.lazy.compactMap { violation(of: compiled, $0, request, input) }.first
    } catch {
      return DiagnosticLaw.violation(of: error, request, input.dialect)
    }
  }

  /// Texts are always read strictly: what a faithful query means is said so that nothing need be guessed.
  static func violation(
    of compiled: CompiledQuery, _ dialect: QueryDialect, _ request: [UInt8], _ input: FuzzInput
  ) -> String? {
    let ground = input.ground
    let printer = ground.strict.printer
    let text: String
    do {
      text = try printer.text(of: compiled.query, in: dialect, scope: ground.scope)
    } catch {
      return DiagnosticLaw.violation(of: error, request, input.dialect)
        ?? (input.isStrict ? unforeseen(error, dialect) : nil)
    }
    do {
      let again = try ground.strict.compile(
        text, dialect: dialect, scope: ground.scope, randomSeed: FuzzInput.randomSeed
      ).query
      if again != Normalizer.normalise(compiled.query) {
        return
          "\(dialect.rawValue) \(text) is another query: \(again.predicate), not \(compiled.query.predicate)"
      }
      let twice = try printer.text(of: again, in: dialect, scope: ground.scope)
      return twice == text ? nil : "\(dialect.rawValue) \(text) is written as \(twice) the next time"
    } catch {
      return "\(dialect.rawValue) \(text) was written, and refused: \(error)"
    }
  }

  /// A dialect that can not say a query knows why; that the text would be read as another one is no reason. What a
  /// faithful query means may be more than any strict text says, and this check is what keeps it from being lost.
  private static func unforeseen(_ error: QueryError, _ dialect: QueryDialect) -> String? {
    for diagnostic in error.diagnostics {
      guard case .notInDialect(let clause, _, QueryPrinter.unforeseen) = diagnostic.problem else { continue }
      return "written in \(dialect.rawValue) it would be another query: \(clause)"
    }
    return nil
  }
}
