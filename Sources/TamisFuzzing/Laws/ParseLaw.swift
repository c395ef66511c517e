import Tamis
import TamisSyntax
import TamisTesting

/// A request of any dialect is understood or refused, twice the same.
enum ParseLaw {
  static func violation(of input: [UInt8]) -> String? {
    guard let input = FuzzInput(input) else { return nil }
    let request = Array(input.rest)
    let parsed = parse(request, input)
    return parsedViolation(parsed, request, input) ?? compiledViolation(parsed, request, input)
  }

  private static func parse(_ request: [UInt8], _ input: FuzzInput) -> ParsedQuery {
    let resource = input.ground.resource
    return Parser.parse(
      request, as: input.dialect, limits: resource.limits, groups: resource.readsGroups,
      ownMembers: Parser.ownMembers(resource), faithful: input.isStrict ? nil : resource.compatibility)
  }

  private static func parsedViolation(
    _ parsed: ParsedQuery, _ request: [UInt8], _ input: FuzzInput
  ) -> String? {
    if let fault = ParsedInvariants.faults(parsed, sourceCount: request.count).first { return fault }
    guard input.isStrict, input.dialect != .body else { return nil }
    return ParsedInvariants.lostPairs(parsed, source: request).first.map {
      "nothing is left of the pair \($0)"
    }
  }

  private static func compiledViolation(
    _ parsed: ParsedQuery, _ request: [UInt8], _ input: FuzzInput
  ) -> String? {
    do {
      let compiled = try input.compile(request)
      if let again = try? input.compile(request) {
        if again.query != compiled.query || again.warnings != compiled.warnings { return "read in two ways" }
      } else {
        return "refused when it is read again"
      }
      return DiagnosticLaw.violation(of: compiled.warnings, request.count)
        ?? SpanLaw.violation(of: compiled, request.count) ?? criterionViolation(parsed, compiled, input)
        ?? unknownViolation(request, input)
    } catch {
      return DiagnosticLaw.violation(of: error, request, input.dialect)
        ?? refusalViolation(error, request, input)
    }
  }

  private static func refusalViolation(
    _ error: QueryError, _ request: [UInt8], _ input: FuzzInput
  ) -> String? {
    do {
      _ = try input.compile(request)
      return "accepted when it is read again"
    } catch let other {
      return other == error ? nil : "refused in two ways"
    }
  }

  /// Each criterion of an accepted request is a clause of its query, unless it is a parameter of the resource, which
  /// may stand for no clause at all.
  private static func criterionViolation(
    _ parsed: ParsedQuery, _ compiled: CompiledQuery, _ input: FuzzInput
  ) -> String? {
    guard input.isStrict, compiled.warnings.isEmpty else { return nil }
    let spans = compiled.typed.nodes.map { compiled.typed.span(of: $0) }.filter { $0.count > 0 }
    for node in parsed.filter where node.kind == .criterion {
      let isRead = spans.contains { $0.start < node.span.end && $0.end > node.span.start }
      if !isRead, !isParameter(parsed, node, input.ground.resource) {
        return "the criterion \(parsed.displayName(node.name)) at \(node.span) is no clause"
      }
    }
    return nil
  }

  private static func isParameter(
    _ parsed: ParsedQuery, _ node: ParsedFilterNode, _ resource: Resource
  ) -> Bool {
    let words = parsed.allSegments(of: node.name).map { parsed.string(of: $0) }
    return resource.parameters.contains { words.contains($0.name) }
  }

  /// One parameter more, which nobody knows, is not passed over.
  private static func unknownViolation(_ request: [UInt8], _ input: FuzzInput) -> String? {
    guard input.isStrict, input.dialect != .body else { return nil }
    let separator = request.isEmpty ? "" : "&"
    guard (try? input.compile(request + Array("\(separator)zz%71x=1".utf8))) != nil else { return nil }
    return "an unknown parameter is passed over"
  }
}
