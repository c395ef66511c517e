package import TamisJSON
package import TamisModel

/// How a query's rows become objects: the selected fields under their public names, in the resource's order; a
/// name with dots that is a path in the record is a nested object; what was included are arrays of objects.
package struct ResponseShape: Sendable {
  private indirect enum Node: Sendable {
    case column(Int)
    /// By name, in order.
    case object([(name: String, node: Node)])
    /// Elements of a relation.
    case relation(InclusionTree.Branch)
  }

  private var members: [(name: String, node: Node)] = []
  private let resource: Resource

  /// - Parameter omitted: a field that the envelope shows elsewhere.
  package init(_ query: Query, omitting omitted: FieldID? = nil) {
    resource = query.resource
    let branches = InclusionTree(query).branches
    // A relation that is asked for stands in the place of a field of its name.
    let included = Set(branches.map(\.name))
    var entries: [(name: String, recordPath: [String], node: Node)] = []
    for (index, id) in query.selection.enumerated() where id != omitted {
      let field = resource.field(id)
      if included.contains(field.name) { continue }
      entries.append((field.name, field.recordPath, .column(index)))
    }
    for branch in branches {
      var path = [branch.name]
      if case .nested(let nested) = resource.relation(branch.relation).source { path = nested }
      entries.append((branch.name, path, .relation(branch)))
    }
    let names = Set(entries.map(\.name))
    for entry in entries {
      Self.insert(entry.node, at: Self.path(entry.name, entry.recordPath, names)[...], into: &members)
    }
  }

  /// `product.id` at `product`, `id` is nested, unless `product` is a member itself; a name that is no path stays whole.
  private static func path(_ name: String, _ recordPath: [String], _ names: Set<String>) -> [String] {
    guard recordPath.count > 1, recordPath.joined(separator: ".") == name else { return [name] }
    let isInside = (1..<recordPath.count).contains { length in
      names.contains(recordPath.prefix(length).joined(separator: "."))
    }
    return isInside ? [name] : recordPath
  }

  private static func insert(
    _ node: Node, at path: ArraySlice<String>, into members: inout [(name: String, node: Node)]
  ) {
    guard let name = path.first else { return }
    guard path.count > 1 else { return members.append((name, node)) }
    let index = members.firstIndex { $0.name == name }
    var inner: [(name: String, node: Node)] = []
    if let index, case .object(let present) = members[index].node { inner = present }
    insert(node, at: path.dropFirst(), into: &inner)
    if let index { members[index].node = .object(inner) } else { members.append((name, .object(inner))) }
  }

  // MARK: Writing

  package func write(_ row: ResponseRow, to writer: inout JSONWriter) {
    write(members, row, to: &writer)
  }

  /// The same of columns that are JSON already; what was included is not among them.
  package func write(_ columns: [ArraySlice<UInt8>], to writer: inout JSONWriter) {
    write(members, columns, to: &writer)
  }

  private func write(
    _ members: [(name: String, node: Node)], _ columns: [ArraySlice<UInt8>], to writer: inout JSONWriter
  ) {
    writer.beginObject()
    for member in members {
      switch member.node {
      case .column(let index):
        writer.name(member.name)
        if index < columns.count { writer.raw(columns[index]) } else { writer.null() }
      case .object(let inner):
        writer.name(member.name)
        write(inner, columns, to: &writer)
      case .relation: break
      }
    }
    writer.endObject()
  }

  /// As deep as the names have dots.
  private func write(
    _ members: [(name: String, node: Node)], _ row: ResponseRow, to writer: inout JSONWriter
  ) {
    writer.beginObject()
    for member in members {
      writer.name(member.name)
      switch member.node {
      case .column(let index): writer.value(index < row.values.count ? row.values[index] : nil)
      case .object(let inner): write(inner, row, to: &writer)
      case .relation(let branch): write(branch, row.elements, to: &writer)
      }
    }
    writer.endObject()
  }

  private func write(
    _ branch: InclusionTree.Branch, _ found: [String: [ResponseElement]], to writer: inout JSONWriter
  ) {
    let elements = found[branch.name] ?? []
    switch resource.relation(branch.relation).cardinality {
    case .one:
      if let element = elements.first { write(element, of: branch, to: &writer) } else { writer.null() }
    case .many:
      writer.beginArray()
      for element in elements { write(element, of: branch, to: &writer) }
      writer.endArray()
    }
  }

  /// As deep as relations are nested.
  private func write(
    _ element: ResponseElement, of branch: InclusionTree.Branch, to writer: inout JSONWriter
  ) {
    writer.beginObject()
    for (field, value) in zip(resource.relation(branch.relation).fields, element.values)
    where !field.isHidden {
      writer.name(field.name)
      writer.value(value)
    }
    for inner in branch.inner {
      writer.name(inner.name)
      write(inner, element.elements, to: &writer)
    }
    writer.endObject()
  }
}
