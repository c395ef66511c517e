import Tamis

/// Every clause stands inside its request.
enum SpanLaw {
  static func violation(of compiled: CompiledQuery, _ count: Int) -> String? {
    compiled.typed.nodes.lazy.map { compiled.typed.span(of: $0) }
      .first { $0.start > $0.end || $0.end > count }.map { "a clause's span outside of the request: \($0)" }
  }
}
