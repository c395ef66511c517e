/// A relation in its resource's table of relations: each is followed by those of its own elements.
@usableFromInline package struct RelationEntry: Sendable {
  package let relation: Relation
  /// `animethemes.song`
  package let name: String
  /// The relation whose elements have it; nil for one of the record itself.
  package let parent: Int?
  /// 1 for a relation of the record itself.
  package let depth: Int
  /// Hidden itself, or inside a hidden one.
  package let isHidden: Bool
  /// The places of its fields.
  package let fields: Range<Int>
  /// The same with the fields of all relations inside it, which follow.
  package fileprivate(set) var allFields: Range<Int>
  /// Relations of its elements.
  package fileprivate(set) var inner: [Int] = []
  /// What holds of each of its elements; nil where there is nothing.
  package let condition: PredicateTemplate?
}

/// All fields and relations of a resource, in the order in which their places are counted.
struct RelationTable {
  private(set) var entries: [RelationEntry] = []
  private(set) var fields: [Field]
  /// `usage`, `animethemes.song.title`
  private(set) var fullNames: [String]
  private(set) var faults: [String] = []

  init(_ fields: [Field], _ relations: [Relation]) {
    self.fields = fields
    fullNames = fields.map(\.name)
    for relation in relations { add(relation, parent: nil) }
  }

  /// As deep as relations are nested; the validator bounds it.
  private mutating func add(_ relation: Relation, parent: Int?) {
    let place = entries.count
    let name = (parent.map { entries[$0].name + "." } ?? "") + relation.name
    let first = fields.count
    fields += relation.fields
    fullNames += relation.fields.map { name + "." + $0.name }
    var compiler = ElementConditionCompiler(relation.fields, first: first, label: "the relation '\(name)'")
    let condition = compiler.compile(relation.condition)
    faults += compiler.faults
    entries.append(
      RelationEntry(
        relation: relation, name: name, parent: parent, depth: (parent.map { entries[$0].depth } ?? 0) + 1,
        isHidden: relation.isHidden || (parent.map { entries[$0].isHidden } ?? false),
        fields: first..<fields.count, allFields: first..<fields.count, condition: condition))
    for inner in relation.relations {
      entries[place].inner.append(entries.count)
      add(inner, parent: place)
    }
    entries[place].allFields = first..<fields.count
  }
}

extension Resource {
  /// All relations, also those of elements.
  package var relationEntries: [RelationEntry] { content.relationEntries }

  package func relation(_ index: Int) -> Relation { relationEntry(index).relation }

  /// A relation by its place. A place from another resource gives the last one rather than a trap; there is one
  /// wherever a place was given.
  package func relationEntry(_ index: Int) -> RelationEntry {
    content.relationEntries[Swift.min(index, content.relationEntries.count - 1)]
  }

  /// The relation whose elements have it; nil for one of the record itself.
  package func relationParent(_ index: Int) -> Int? { content.relationEntries[index].parent }

  /// What holds of each of a relation's elements.
  package func elementCondition(_ index: Int) -> PredicateTemplate? {
    content.relationEntries[index].condition
  }

  /// The relations to go through to one, itself the last.
  package func relationPath(to relation: Int) -> [Int] {
    (relationParent(relation).map { relationPath(to: $0) } ?? []) + [relation]
  }

  /// Whether more than one relation leads to one, seen from inside another.
  package func isDistant(_ relation: Int, from outer: Int?) -> Bool { relationParent(relation) != outer }

  /// `animethemes.song`
  package func relationName(_ index: Int) -> String { relationEntry(index).name }

  /// The relations of the record, or of a relation's elements.
  package func relations(inside relation: Int?) -> [Int] {
    if let relation { return relationEntry(relation).inner }
    return content.relationEntries.indices.filter { content.relationEntries[$0].parent == nil }
  }

  /// A relation by its name as it is written inside another: `song`, or by a path, `animethemes.song`.
  package func relation(named name: String, inside relation: Int? = nil) -> Int? {
    let fullName = (relation.map { relationName($0) + "." } ?? "") + name
    return content.relationEntries.firstIndex { $0.name == fullName }
  }

  /// What clients may ask to include: `schedule_items`, `animethemes.song`.
  package var includablePaths: [String] {
    content.relationEntries.filter { !$0.isHidden && $0.relation.isIncludable }.map(\.name)
  }

  /// The places of a relation's fields.
  package func fieldRange(ofRelation index: Int) -> Range<Int> { content.relationEntries[index].fields }

  /// The relation a field belongs to; nil for the record's own.
  package func relationIndex(of field: FieldID) -> Int? {
    field.index < content.rootFieldCount
      ? nil : content.relationEntries.firstIndex { $0.fields.contains(field.index) }
  }
}
