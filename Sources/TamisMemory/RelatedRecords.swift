import TamisJSON
import TamisModel

/// Records of other tables, found by the key that says which record they belong to.
struct RelatedRecords: Sendable {
  struct Child: Sendable {
    var document: JSONDocument
    var root: Int
  }

  /// By relation; empty for one whose elements are nested.
  private var children: [[[UInt8]: [Child]]]

  static func none(for resource: Resource) -> RelatedRecords {
    RelatedRecords(children: Array(repeating: [:], count: resource.relationEntries.count))
  }

  private init(children: [[[UInt8]: [Child]]]) {
    self.children = children
  }

  init(_ resource: Resource, _ texts: [String: [UInt8]]) throws(QueryError) {
    self = .none(for: resource)
    for (index, entry) in resource.relationEntries.enumerated() {
      guard case .related(let name, let foreignKey, let parentKey) = entry.relation.source,
        let text = texts[name], let place = resource.field(named: parentKey, inRelation: entry.parent)
      else { continue }
      let parent = resource.field(place)
      // A foreign key is read as the key it repeats, so that both have one canonical text.
      var field = parent
      field.recordPath = [foreignKey]
      let decoder = FieldDecoder(field, resource: resource)
      try read(text, into: index, decoder)
    }
  }

  private mutating func read(
    _ text: [UInt8], into relation: Int, _ decoder: FieldDecoder
  ) throws(QueryError) {
    for piece in try RecordText.pieces(text) {
      do {
        let document = try JSONDocument.parse(text.span.extracting(piece), limits: RecordText.limits)
        guard let key = try Self.key(of: document, decoder) else { continue }
        children[relation][key, default: []].append(Child(document: document, root: 0))
      } catch {
        throw error.moved(by: piece.lowerBound)
      }
    }
  }

  /// Nil for a record that belongs to none.
  private static func key(
    of document: JSONDocument, _ decoder: FieldDecoder
  ) throws(QueryError) -> [UInt8]? {
    guard let name = decoder.path.first, let index = document.member(name, of: 0),
      document.nodes[index].kind != .null
    else { return nil }
    var table = RecordTable(fieldless: ())
    do {
      let cell = try decoder.decode(document, index, into: &table)
      return table.keyText(cell)
    } catch {
      throw QueryError(
        Diagnostic(
          error.problem(
            field: decoder.field, text: document.string(at: index), found: document.nodes[index].kind.noun),
          document.nodes[index].span, parameter: decoder.pointer))
    }
  }

  func children(ofRelation index: Int, key: [UInt8]?) -> [Child] {
    key.flatMap { children[index][$0] } ?? []
  }
}
