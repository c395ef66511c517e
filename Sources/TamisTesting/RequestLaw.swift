public import Tamis

/// The laws that hold for every sequence of bytes as a request, however broken. The fuzzer looks for an input that
/// breaks one, and the tests replay what it learned from.
///
///     let law = RequestLaw(resources: Catalog.all.map(\.resource))
///     law.violation(of: [0, 2] + Array("usage_gte=5".utf8))  // nil
public struct RequestLaw: Sendable {
  private let compilers: [QueryCompiler]
  private let records: [RecordSet?]

  public init(resources: [Resource]) {
    compilers = resources.map { QueryCompiler(resource: $0) }
    records = resources.map { try? RecordReader(resource: $0).readAll([]) }
  }

  /// What an input breaks; nil when it keeps every law. The first byte chooses the resource, the second the query
  /// dialect, the rest is the request. Both lists only grow at their end, so that an old input keeps its meaning.
  public func violation(of input: [UInt8]) -> String? {
    guard input.count >= 2, !compilers.isEmpty else { return nil }
    let place = Int(input[0]) % compilers.count
    let dialects = QueryDialect.allCases
    let dialect = dialects[Int(input[1]) % dialects.count]
    return violation(of: Array(input[2...]), compilers[place], dialect, records[place])
  }

  private func violation(
    of request: [UInt8], _ compiler: QueryCompiler, _ dialect: QueryDialect, _ records: RecordSet?
  ) -> String? {
    do {
      let compiled = try compiler.compile(bytes: request, dialect: dialect)
      return fault(compiled.warnings, request.count) ?? fault(compiled, records)
        ?? printingFault(compiled, compiler, request)
        ?? SQLDialect.all.lazy.compactMap { statementFault(compiled, $0, request.count) }.first
    } catch {
      return error.diagnostics.isEmpty ? "refused without a reason" : fault(error.diagnostics, request.count)
    }
  }

  /// A diagnostic says something, about bytes that the request has.
  private func fault(_ diagnostics: [Diagnostic], _ count: Int) -> String? {
    for diagnostic in diagnostics {
      let span = diagnostic.span
      if span.start > span.end || span.end > count { return "a span outside of the request: \(diagnostic)" }
      if diagnostic.message.isEmpty { return "no message: \(diagnostic)" }
    }
    return nil
  }

  /// Nothing comes from no records.
  private func fault(_ compiled: CompiledQuery, _ records: RecordSet?) -> String? {
    guard let records else { return "an empty set of records can not be read" }
    do {
      let selection = try compiled.select(from: records)
      return selection.indices.isEmpty && !selection.hasMore ? nil : "records out of nothing"
    } catch {
      return "no records, and yet: \(error)"
    }
  }

  /// A request may be written in another dialect, where it means the same, or refused there with reasons.
  private func printingFault(
    _ compiled: CompiledQuery, _ compiler: QueryCompiler, _ request: [UInt8]
  ) -> String? {
    let dialects = QueryDialect.allCases
    let dialect = dialects[request.count % dialects.count]
    let text: String
    do {
      text = try compiler.printer.text(of: compiled.query, in: dialect)
    } catch {
      return error.diagnostics.isEmpty
        ? "not printed without a reason" : fault(error.diagnostics, request.count)
    }
    guard compiler.resource.scopes.isEmpty else { return nil }
    let again = try? compiler.compile(text, dialect: dialect)
    return again?.query == compiled.query ? nil : "printed as another query: \(dialect.rawValue) \(text)"
  }

  /// As many placeholders as bindings, and the same text when it is asked for again.
  private func statementFault(_ compiled: CompiledQuery, _ engine: SQLDialect, _ count: Int) -> String? {
    do {
      let statement = try compiled.statement(for: engine)
      let places = Placeholders.count(statement.text)
      if places != statement.bindings.count {
        return "\(places) placeholders, \(statement.bindings.count) bindings: \(statement.text)"
      }
      return try compiled.statement(for: engine) == statement ? nil : "two texts for one query"
    } catch {
      return fault(error.diagnostics, count)
    }
  }
}
