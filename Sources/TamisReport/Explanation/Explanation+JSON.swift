import TamisJSON
import TamisModel
import TamisSQL

extension Explanation {
  /// For programs. The same explanation gives the same bytes.
  public var json: String { String(decoding: bytes, as: UTF8.self) }

  private var bytes: [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("resource", resource)
    writer.member("dialect", dialect.rawValue)
    if let request { writer.member("request", String(decoding: request, as: UTF8.self)) }
    writer.list("parsed", parsed) { Self.write($0, to: &$1) }
    writer.member("typed", typed.description)
    writer.list("passes", passes) { Self.write($0, to: &$1) }
    writer.member("filter", query.predicate.description)
    writeQuery(to: &writer)
    writer.list("engines", engines) { Self.write($0, to: &$1) }
    writer.list("notes", notes) { Self.write($0, to: &$1) }
    writer.name("empty")
    writer.boolean(notes.contains { $0.kind == .empty })
    let source = RequestSource(request ?? [], isBody: dialect == .body)
    writer.name("warnings")
    DiagnosticWriter(source: source, typeBase: "urn:tamis:problem:").write(warnings, to: &writer)
    writer.endObject()
    return writer.bytes
  }

  private func writeQuery(to writer: inout JSONWriter) {
    writer.list("order", query.sort) { key, writer in
      writer.beginObject()
      writer.member("field", query.resource.field(key.field).name)
      writer.member("direction", key.direction.word)
      writer.member("nulls", key.nulls.word)
      writer.endObject()
    }
    writer.name("page")
    writer.beginObject()
    writer.name("limit")
    writer.integer(query.page.limit)
    writer.name("offset")
    writer.integer(query.page.offset)
    writer.endObject()
    writer.list("fields", fieldNames) { $1.escapedString($0) }
    writer.list("include", query.inclusion) { $1.escapedString($0) }
  }

  private static func write(_ line: Line, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("text", line.text)
    writer.name("span")
    writer.span(line.span)
    writer.name("depth")
    writer.integer(line.depth)
    writer.endObject()
  }

  private static func write(_ pass: Pass, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("name", pass.name)
    writer.name("changed")
    writer.boolean(pass.result != nil)
    if let result = pass.result { writer.member("result", result.description) }
    writer.endObject()
  }

  private static func write(_ engine: EngineStatement, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("engine", engine.engine)
    if let statement = engine.statement {
      writer.member("sql", statement.text)
      writer.list("bindings", statement.bindings.map(BindingText.init)) { binding, writer in
        writer.beginObject()
        writer.member("type", binding.type)
        writer.name("value")
        writer.escapedRaw(binding.json)
        writer.endObject()
      }
    }
    writer.list("problems", engine.problems) { problem, writer in
      writer.beginObject()
      writer.member("code", problem.code)
      writer.member("detail", problem.message)
      writer.name("span")
      writer.span(problem.span)
      writer.endObject()
    }
    if let advice = engine.indexes {
      writer.name("indexes")
      advice.write(to: &writer)
    }
    writer.endObject()
  }

  private static func write(_ note: Note, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("code", note.kind.rawValue)
    writer.member("message", note.message)
    writer.list("spans", note.spans) { $1.span($0) }
    writer.endObject()
  }
}

extension JSONWriter {
  mutating func member(_ name: String, _ text: String) {
    self.name(name)
    escapedString(text)
  }

  mutating func list<Item>(_ name: String, _ items: [Item], _ write: (Item, inout JSONWriter) -> Void) {
    self.name(name)
    beginArray()
    for item in items { write(item, &self) }
    endArray()
  }

  mutating func span(_ span: SourceSpan) {
    beginArray()
    integer(span.start)
    integer(span.end)
    endArray()
  }
}
