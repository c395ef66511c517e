import TamisModel
import TamisSQL

extension Explanation: CustomStringConvertible {
  /// For people: printable ASCII, as far as the request is concerned.
  public var description: String { text }

  public var text: String {
    var sections: [(String, [String])] = []
    if let request {
      let excerpt = DiagnosticText.Excerpt(request, SourceSpan(0, 0))
      sections.append(("Request, \(dialect.rawValue)", [excerpt.line]))
    }
    if !parsed.isEmpty {
      sections.append(
        ("Read", parsed.map { Self.indent($0.depth) + $0.text + Self.places([$0.span]) }))
    }
    sections.append(("Meant", [Escaping.text(typed.description)]))
    sections.append(("Normalised", passes.map(Self.line)))
    sections.append(("Order", [orderText]))
    sections.append(("Page", [pageText]))
    sections.append(("Fields", [Escaping.text(fieldNames.joined(separator: ", "))]))
    if !query.inclusion.isEmpty {
      sections.append(("Include", [Escaping.text(query.inclusions.map(\.text).joined(separator: ", "))]))
    }
    for engine in engines {
      sections.append(("SQL, \(engine.engine)", Self.lines(engine)))
      if let advice = engine.indexes { sections.append(("Indexes, \(engine.engine)", Self.lines(advice))) }
    }
    if !notes.isEmpty { sections.append(("Notes", notes.map { $0.message + Self.places($0.spans) })) }
    return sections.map { heading, lines in
      heading + "\n" + lines.map { "  " + $0 + "\n" }.joined()
    }.joined() + DiagnosticText.render(warnings, source: request ?? [])
  }

  private static func indent(_ depth: Int) -> String { String(repeating: "  ", count: depth) }

  /// `  (bytes 0..15)`; nothing for what the client did not write.
  private static func places(_ spans: [SourceSpan]) -> String {
    let shown = spans.filter { $0 != SourceSpan(0, 0) }.map { "\($0.start)..\($0.end)" }
    return shown.isEmpty ? "" : "  (bytes \(shown.joined(separator: ", ")))"
  }

  private static func line(_ pass: Pass) -> String {
    pass.name + ": " + (pass.result.map { Escaping.text($0.description) } ?? "nothing to do")
  }

  private static func lines(_ engine: EngineStatement) -> [String] {
    guard let statement = engine.statement else {
      return engine.problems.map { "\($0.code): \($0.message)" + places([$0.span]) }
    }
    let bindings = statement.bindings.map(BindingText.init)
    return [Escaping.text(statement.text)]
      + bindings.enumerated().map { "\($0.offset + 1)  \($0.element.type)  \($0.element.shown)" }
  }

  private static func lines(_ advice: IndexAdvice) -> [String] {
    let clauses = advice.clauses.map { clause in
      "filter " + Escaping.text(clause.text + ": " + clause.verdict.text) + places([clause.span])
    }
    let order = "order: " + Escaping.text(advice.order.text)
    return clauses + [order] + (advice.boundary.map { ["place: " + Escaping.text($0.text)] } ?? [])
  }

  private var pageText: String {
    guard let boundary = query.boundary else {
      return "\(query.page.limit) records from \(query.page.offset)"
    }
    return "\(query.page.limit) records \(boundary.side == .after ? "after" : "before") the cursor's place"
  }

  private var orderText: String {
    let keys = query.sort.map { key in
      let field = query.resource.field(key.field)
      return Escaping.text(field.name) + " " + key.direction.word
        + (field.isNullable ? ", nulls " + key.nulls.word : "")
    }
    let random = query.randomOrder.map {
      keys.prefix($0.position) + ["at random"] + keys.dropFirst($0.position)
    }
    return (random ?? keys[...]).joined(separator: "; ")
  }

  var fieldNames: [String] { query.selection.map { query.resource.field($0).name } }
}

extension Inclusion {
  /// `animethemes (type = "OP")`
  fileprivate var text: String { predicate == .always ? path : "\(path) (\(predicate))" }
}

extension SortKey.Direction {
  var word: String {
    switch self {
    case .ascending: "ascending"
    case .descending: "descending"
    }
  }
}

extension SortKey.NullPlacement {
  var word: String {
    switch self {
    case .first: "first"
    case .last: "last"
    }
  }
}
