import TamisJSON
package import TamisModel

/// A page of records as the body of an answer.
package struct ListDocument {
  private let query: Query
  private let rows: [ResponseRow]
  private let page: PageFacts
  private let envelope: ResponseEnvelope
  private let warnings: [Diagnostic]
  private let links: PageLinks
  private let source: RequestSource

  package init(
    _ query: Query, dialect: QueryDialect, rows: [ResponseRow], page: PageFacts,
    envelope: ResponseEnvelope, warnings: [Diagnostic]
  ) {
    self.query = query
    self.rows = rows
    self.page = page
    self.envelope = envelope
    self.warnings = warnings
    links = PageLinks(query, dialect: dialect, page: page)
    source = RequestSource(warnings.isEmpty ? [] : page.request, isBody: dialect == .body)
  }

  package var answer: HTTPAnswer {
    var writer = JSONWriter()
    write(to: &writer)
    var answer = HTTPAnswer(status: 200, contentType: envelope.contentType, body: writer.bytes)
    if let header = links.header { answer.headers.append(HTTPAnswer.Header("Link", header)) }
    return answer
  }

  private func write(to writer: inout JSONWriter) {
    switch envelope {
    case .jsonAPI: writeJSONAPI(to: &writer)
    case .collection: writeCollection(to: &writer)
    case .hydra: writeHydra(to: &writer)
    case .array: writeArray(to: &writer)
    case .dataAndNextPage: writeData(to: &writer)
    }
  }

  private func writeRows(to writer: inout JSONWriter) {
    let shape = ResponseShape(query)
    writer.beginArray()
    for row in rows { shape.write(row, to: &writer) }
    writer.endArray()
  }

  private func writeLink(_ name: String, _ link: String?, to writer: inout JSONWriter) {
    writer.name(name)
    if let link { writer.string(link) } else { writer.null() }
  }

  private func writeNumber(_ name: String, _ number: Int?, to writer: inout JSONWriter) {
    writer.name(name)
    if let number { writer.integer(number) } else { writer.null() }
  }

  private func writeWarnings(to writer: inout JSONWriter) {
    guard !warnings.isEmpty else { return }
    writer.name("warnings")
    DiagnosticWriter(source: source, typeBase: "urn:tamis:problem:").write(warnings, to: &writer)
  }

  private var pageNumber: Int { query.page.offset / Swift.max(1, query.page.limit) + 1 }
}

// MARK: - JSON:API

extension ListDocument {
  private func writeJSONAPI(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.name("data")
    writer.beginArray()
    let shape = ResponseShape(query, omitting: identityField)
    for row in rows { writeResource(row, shape, to: &writer) }
    writer.endArray()
    writer.name("links")
    writer.beginObject()
    writeLink("self", links.current, to: &writer)
    writeLink("first", links.first, to: &writer)
    writeLink("prev", links.previous, to: &writer)
    writeLink("next", links.next, to: &writer)
    // Without a count nobody knows which page is the last.
    if page.total != nil { writeLink("last", links.last, to: &writer) }
    writer.endObject()
    writer.name("meta")
    writer.beginObject()
    writePageMeta(to: &writer)
    writeWarnings(to: &writer)
    writer.endObject()
    writer.endObject()
  }

  /// A lone primary key is the resource's `id`, and no attribute.
  private var identityField: FieldID? {
    let keys = query.resource.primaryKey
    return keys.count == 1 ? keys.first : nil
  }

  private func writeResource(_ row: ResponseRow, _ shape: ResponseShape, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.name("type")
    writer.string(query.resource.type)
    writer.name("id")
    writer.string(identity(of: row))
    writer.name("attributes")
    shape.write(row, to: &writer)
    writer.endObject()
  }

  /// The key's text; several keys are joined by commas.
  private func identity(of row: ResponseRow) -> String {
    let columns = query.responseColumns
    return query.resource.primaryKey.map { key in
      let value = columns.firstIndex(of: key).flatMap { $0 < row.values.count ? row.values[$0] : nil }
      return switch value {
      case .text(let text): text
      case .some(let other): other.description
      case nil: ""
      }
    }.joined(separator: ",")
  }

  private func writePageMeta(to writer: inout JSONWriter) {
    writer.name("page")
    writer.beginObject()
    switch query.resource.paging {
    case .pages:
      writeNumber("number", pageNumber, to: &writer)
      writeNumber("size", query.page.limit, to: &writer)
    case .limitOffset:
      writeNumber("limit", query.page.limit, to: &writer)
      writeNumber("offset", query.page.offset, to: &writer)
    case .cursor: writeNumber("limit", query.page.limit, to: &writer)
    }
    writer.name("hasMore")
    writer.boolean(page.hasMore)
    if let total = page.total { writeNumber("total", total, to: &writer) }
    writer.endObject()
  }
}

// MARK: - The others

extension ListDocument {
  private func writeCollection(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.name(query.resource.name)
    writeRows(to: &writer)
    writer.name("links")
    writer.beginObject()
    writeLink("first", links.first, to: &writer)
    writeLink("last", links.last, to: &writer)
    writeLink("prev", links.previous, to: &writer)
    writeLink("next", links.next, to: &writer)
    writer.endObject()
    writer.name("meta")
    writer.beginObject()
    writeNumber("current_page", pageNumber, to: &writer)
    writeNumber("from", rows.isEmpty ? nil : query.page.offset + 1, to: &writer)
    writer.name("path")
    writer.string(page.address)
    writeNumber("per_page", query.page.limit, to: &writer)
    writeNumber("to", rows.isEmpty ? nil : query.page.offset + rows.count, to: &writer)
    if let total = page.total { writeNumber("total", total, to: &writer) }
    writeWarnings(to: &writer)
    writer.endObject()
    writer.endObject()
  }

  private func writeHydra(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.name("@id")
    writer.string(page.address)
    writer.name("@type")
    writer.string("Collection")
    if let total = page.total { writeNumber("totalItems", total, to: &writer) }
    writer.name("member")
    writeRows(to: &writer)
    writer.name("view")
    writer.beginObject()
    writeLink("@id", links.current, to: &writer)
    writer.name("@type")
    writer.string("PartialCollectionView")
    let relations = [
      ("first", links.first), ("last", links.last), ("previous", links.previous), ("next", links.next),
    ]
    for (name, link) in relations where link != nil { writeLink(name, link, to: &writer) }
    writer.endObject()
    writer.endObject()
  }

  private func writeArray(to writer: inout JSONWriter) {
    guard let total = page.total, query.wantsCount else { return writeRows(to: &writer) }
    writer.beginObject()
    writer.name("data")
    writeRows(to: &writer)
    writeNumber("total_count", total, to: &writer)
    writer.endObject()
  }

  private func writeData(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.name("data")
    writeRows(to: &writer)
    writeLink("next_page", page.hasMore ? page.nextCursor : nil, to: &writer)
    if query.wantsCount, let total = page.total { writeNumber("total_count", total, to: &writer) }
    writer.endObject()
  }
}
