import Tamis
import TamisTesting

/// A JSON body, and after a NUL the query string that stands beside it.
enum BodyLaw {
  static func violation(of input: [UInt8]) -> String? {
    guard let input = FuzzInput(input) else { return nil }
    let (body, query) = input.halves
    let request = BodyRequest(body: body, query: query)
    do {
      let compiled = try compile(request, input)
      guard let again = try? compile(request, input), again.query == compiled.query else {
        return "read in two ways"
      }
      return DiagnosticLaw.violation(of: compiled.warnings, request.source.count)
        ?? SpanLaw.violation(of: compiled, request.source.count) ?? treeViolation(compiled, request, input)
        ?? RoundTripLaw.violation(of: compiled, .body, request.source, input)
    } catch {
      return DiagnosticLaw.violation(of: error, request.source, .body)
    }
  }

  private static func compile(_ request: BodyRequest, _ input: FuzzInput) throws(QueryError) -> CompiledQuery
  {
    try input.compiler.compile(request, scope: input.ground.scope, randomSeed: FuzzInput.randomSeed)
  }

  /// Another reader of JSON reads it too; written anew it means the same; and one member more, which nobody knows, is
  /// not passed over.
  private static func treeViolation(
    _ compiled: CompiledQuery, _ request: BodyRequest, _ input: FuzzInput
  ) -> String? {
    guard let text = String(validating: request.body, as: UTF8.self), var tree = JSONTree(parsing: text)
    else {
      // Real servers read some bodies that are not JSON: Go's decoder stops after the first value.
      return input.isStrict ? "accepted, and not JSON" : nil
    }
    let anew = try? compile(BodyRequest(body: Array(tree.description.utf8), query: request.query), input)
    if anew?.query != compiled.query { return "written anew it is another query: \(tree)" }
    guard input.isStrict else { return nil }
    tree.set(.number("1"), at: ["zzqx"])
    let more = BodyRequest(body: Array(tree.description.utf8), query: request.query)
    return (try? compile(more, input)) == nil ? nil : "an unknown member is passed over"
  }
}
