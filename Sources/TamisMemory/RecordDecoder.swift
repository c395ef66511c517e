import TamisJSON
import TamisModel

/// Decodes whole records into a table: every field of the record, and of its relations' elements.
struct RecordDecoder: Sendable {
  /// How one relation's elements are found and decoded.
  private struct RelationDecoder: Sendable {
    var nestedPath: [[UInt8]]?
    /// The column of the owner's field whose value the elements' foreign key repeats.
    var parentKey: Int?
    var cardinality: Relation.Cardinality
    var parent: Int?
    var firstField: Int
    var fields: [FieldDecoder]
    /// Relations of the elements.
    var inner: [Int]
  }

  private let fields: [FieldDecoder]
  /// Each followed by those of its elements.
  private let relations: [RelationDecoder]
  private let rootRelations: [Int]
  private let related: RelatedRecords
  private let diagnosticLimit: Int

  init(resource: Resource, related: RelatedRecords) {
    self.related = related
    diagnosticLimit = resource.limits.diagnostics
    fields = resource.fields.map { FieldDecoder($0, resource: resource) }
    let paths = Self.paths(resource.relationEntries)
    relations = resource.relationEntries.indices.map { Self.decoder(ofRelation: $0, resource, paths[$0]) }
    rootRelations = resource.relations(inside: nil)
  }

  /// Where elements stand, for diagnostics: from the record, or from the related record that they are in.
  private static func paths(_ entries: [RelationEntry]) -> [[String]] {
    var paths: [[String]] = []
    for entry in entries {
      switch entry.relation.source {
      case .nested(let path): paths.append((entry.parent.map { paths[$0] } ?? []) + path)
      case .related: paths.append([])
      }
    }
    return paths
  }

  private static func decoder(
    ofRelation index: Int, _ resource: Resource, _ path: [String]
  ) -> RelationDecoder {
    let entry = resource.relationEntry(index)
    let relation = entry.relation
    var nestedPath: [[UInt8]]?
    var parentKey: Int?
    switch relation.source {
    case .nested(let path): nestedPath = path.map { Array($0.utf8) }
    case .related(_, _, let name): parentKey = resource.field(named: name, inRelation: entry.parent)?.index
    }
    return RelationDecoder(
      nestedPath: nestedPath, parentKey: parentKey, cardinality: relation.cardinality, parent: entry.parent,
      firstField: entry.fields.lowerBound,
      fields: relation.fields.map { FieldDecoder($0, resource: resource, under: path) }, inner: entry.inner)
  }

  /// Appends a record. When it throws, the table is as it was.
  func append(
    _ document: JSONDocument, _ root: Int, source: ArraySlice<UInt8>, to table: inout RecordTable
  ) throws(QueryError) {
    guard document.nodes[root].kind == .object else {
      throw QueryError(
        Diagnostic(
          .wrongShape(expected: "an object", found: document.nodes[root].kind.noun), document.nodes[root].span
        ))
    }
    let mark = table.mark
    var bag = DiagnosticBag(limit: diagnosticLimit)
    for index in fields.indices {
      append(fields[index], document, root, column: index, to: &table, &bag)
    }
    for index in rootRelations { appendElements(index, document, root, to: &table, &bag) }
    table.source += source
    table.sourceEnds.append(table.source.count)
    if table.arena.count > Int(UInt32.max) || table.tape.count > Int(UInt32.max) {
      bag.report(.tooManyBytes(limit: Int(UInt32.max)), document.nodes[root].span)
    }
    if let error = QueryError(bag.diagnostics) {
      rewind(&table, to: mark)
      throw error
    }
  }

  /// Takes a record that has a fault out again.
  private func rewind(_ table: inout RecordTable, to mark: RecordTable.Mark) {
    for column in fields.indices { table.columns[column].removeSubrange(mark.rows...) }
    // How many elements of each relation stay.
    var counts: [Int] = []
    for (index, relation) in relations.enumerated() {
      let owners = relation.parent.map { counts[$0] } ?? mark.rows
      let count = Int(table.elementStarts[index][owners])
      counts.append(count)
      table.elementStarts[index].removeSubrange((owners + 1)...)
      for offset in relation.fields.indices {
        table.columns[relation.firstField + offset].removeSubrange(count...)
      }
    }
    table.arena.removeSubrange(mark.arena...)
    table.tape.removeSubrange(mark.tape...)
    table.source.removeSubrange(mark.source...)
    table.sourceEnds.removeSubrange((mark.rows + 1)...)
  }

  private func append(
    _ decoder: FieldDecoder, _ document: JSONDocument, _ root: Int, column: Int,
    to table: inout RecordTable, _ bag: inout DiagnosticBag
  ) {
    var cell = Cell.null
    let index = Self.value(document, decoder.path, root)
    if let index, document.nodes[index].kind != .null {
      do {
        cell = try decoder.decode(document, index, into: &table)
      } catch {
        bag.report(
          error.problem(
            field: decoder.field, text: Self.shown(document, index), found: document.nodes[index].kind.noun),
          document.nodes[index].span, parameter: decoder.pointer)
      }
    } else if !decoder.field.isNullable {
      bag.report(
        .wrongShape(
          expected: "\(decoder.field.type.noun) for the field \"\(decoder.field.name)\"",
          found: index == nil ? "nothing" : "null"),
        document.nodes[index ?? root].span, parameter: decoder.pointer)
    }
    table.columns[column].append(cell)
  }

  /// The elements of the record, or of the element, that was appended last. As deep as relations are nested.
  private func appendElements(
    _ index: Int, _ document: JSONDocument, _ root: Int, to table: inout RecordTable,
    _ bag: inout DiagnosticBag
  ) {
    let relation = relations[index]
    var count = 0
    if let path = relation.nestedPath {
      for element in Self.elements(document, Self.value(document, path, root), relation.cardinality) {
        append(element: element, of: document, relation, to: &table, &bag)
        count += 1
      }
    } else if let key = relation.parentKey, let parent = table.columns[key].last {
      for child in related.children(ofRelation: index, key: table.keyText(parent)) {
        append(element: child.root, of: child.document, relation, to: &table, &bag)
        count += 1
        if relation.cardinality == .one { break }
      }
    }
    let start = table.elementStarts[index].last ?? 0
    table.elementStarts[index].append(start &+ UInt32(clamping: count))
  }

  private func append(
    element: Int, of document: JSONDocument, _ relation: RelationDecoder, to table: inout RecordTable,
    _ bag: inout DiagnosticBag
  ) {
    for (offset, field) in relation.fields.enumerated() {
      append(field, document, element, column: relation.firstField + offset, to: &table, &bag)
    }
    for index in relation.inner { appendElements(index, document, element, to: &table, &bag) }
  }

  /// The objects of an array, or the one object of a to-one relation; anything else holds no elements.
  private static func elements(
    _ document: JSONDocument, _ index: Int?, _ cardinality: Relation.Cardinality
  ) -> [Int] {
    guard let index else { return [] }
    switch cardinality {
    case .many: return document.items(of: index).filter { document.nodes[$0].kind == .object }
    case .one: return document.nodes[index].kind == .object ? [index] : []
    }
  }

  private static func value(_ document: JSONDocument, _ path: [[UInt8]], _ root: Int) -> Int? {
    var index = root
    for name in path {
      guard let next = document.value(named: name, in: index) else { return nil }
      index = next
    }
    return index
  }

  /// A scalar as diagnostics show it.
  private static func shown(_ document: JSONDocument, _ index: Int) -> String {
    switch document.nodes[index].kind {
    case .string, .number: document.string(at: index)
    case .null, .true, .false, .array, .object: document.nodes[index].kind.noun
    }
  }
}

extension JSONDocument {
  /// The value of an object's member: a plain loop, because every field of every record passes here.
  fileprivate func value(named name: [UInt8], in index: Int) -> Int? {
    guard nodes[index].kind == .object else { return nil }
    let end = Int(nodes[index].end)
    var next = index + 1
    while next < end {
      if isText(of: next, name) { return next + 1 }
      next = Int(nodes[next + 1].end)
    }
    return nil
  }

  @inline(__always)
  private func isText(of index: Int, _ name: [UInt8]) -> Bool {
    let start = Int(nodes[index].textStart)
    guard Int(nodes[index].textEnd) - start == name.count else { return false }
    for offset in 0..<name.count where text[start &+ offset] != name[offset] { return false }
    return true
  }
}

extension JSONDocument.Kind {
  /// For diagnostics.
  var noun: String {
    switch self {
    case .null: "null"
    case .true: "true"
    case .false: "false"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}

extension RecordTable {
  /// A place to go back to: what a record appends to.
  struct Mark {
    fileprivate let rows: Int
    fileprivate let arena: Int
    fileprivate let tape: Int
    fileprivate let source: Int
  }

  var mark: Mark { Mark(rows: rowCount, arena: arena.count, tape: tape.count, source: source.count) }

  /// The canonical text by which a key is compared; nil for null and for what cannot be a key.
  func keyText(_ cell: Cell) -> [UInt8]? {
    switch cell.kind {
    case .number: Array(String(cell.payload).utf8)
    case .text, .scaled, .digits, .boolean: Array(arena[cell.range])
    case .null, .array, .object, .document: nil
    }
  }
}
