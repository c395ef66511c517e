import Tamis
import TamisCatalog

/// Parse, plan and emit. The first byte chooses the resource, the second the dialect, both from their registries
/// and append-only, so that an old input keeps its meaning; the rest is the request.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
  guard size >= 2 else { return 0 }
  let bytes = Array(UnsafeBufferPointer(start: data, count: size))
  let compilers = Compilers.all
  let compiler = compilers[Int(bytes[0]) % compilers.count]
  let dialects = QueryDialect.allCases
  let request = Array(bytes[2...])
  check(request, compiler, dialects[Int(bytes[1]) % dialects.count])
  return 0
}

enum Compilers {
  static let all = Catalog.all.map { QueryCompiler(resource: $0.resource) }
}

/// The laws that hold for every input: a refusal says why, inside the request; an answer has as many placeholders
/// as bindings, and normalising it again changes nothing.
func check(_ request: [UInt8], _ compiler: QueryCompiler, _ dialect: QueryDialect) {
  do {
    let compiled = try compiler.compile(bytes: request, dialect: dialect)
    checkSpans(compiled.warnings, request.count)
    for engine in SQLDialect.all { checkStatement(compiled, engine, request.count) }
  } catch {
    precondition(!error.diagnostics.isEmpty, "refused without a reason")
    checkSpans(error.diagnostics, request.count)
  }
}

func checkSpans(_ diagnostics: [Diagnostic], _ count: Int) {
  for diagnostic in diagnostics {
    precondition(diagnostic.span.end <= count, "a span outside the request: \(diagnostic)")
    precondition(!diagnostic.message.isEmpty)
  }
}

func checkStatement(_ compiled: CompiledQuery, _ engine: SQLDialect, _ count: Int) {
  do {
    let statement = try compiled.statement(for: engine)
    precondition(
      placeholders(in: statement.text, engine) == statement.bindings.count,
      "placeholders and bindings differ: \(statement)")
  } catch {
    checkSpans(error.diagnostics, count)
  }
}

/// The number of the last placeholder where they are numbered, else how many there are.
func placeholders(in text: String, _ engine: SQLDialect) -> Int {
  engine == .postgreSQL
    ? text.split(separator: "$").dropFirst().compactMap { Int($0.prefix { $0.isNumber }) }.max() ?? 0
    : text.utf8.count { $0 == UInt8(ascii: "?") }
}
