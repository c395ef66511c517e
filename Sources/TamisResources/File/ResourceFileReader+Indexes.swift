import TamisJSON
import TamisModel

extension ResourceFileReader {
  mutating func readIndex(_ index: Int) -> Index? {
    guard
      let members = values.object(
        index, "an index", known: ["name", "relation", "unique", "keys"], required: ["name", "keys"])
    else { return nil }
    let name = declare(members["name"])
    let relation = members["relation"].flatMap { mention($0) }
    let keys = values.items(members["keys"], "an array of columns").compactMap { readIndexKey($0) }
    let isUnique = values.boolean(members["unique"]) ?? false
    guard let name else { return nil }
    let read = Index(name, on: relation, keys: keys)
    return isUnique ? read.unique() : read
  }

  /// `"-created_at"`, or an object.
  private mutating func readIndexKey(_ index: Int) -> IndexKey? {
    if values.document.nodes[index].kind == .string {
      let text = values.document.string(at: index)
      let isDescending = text.utf8.first == UInt8(ascii: "-")
      let field = isDescending ? String(text.dropFirst()) : text
      mentions[field] = values.document.nodes[index].span
      return IndexKey(.field(field), isDescending ? .descending : .ascending)
    }
    let known = ["field", "link", "direction", "nulls", "form", "textOrder"]
    guard let members = values.object(index, "a field's name", known: known),
      let column = readIndexColumn(members)
    else { return nil }
    let direction: Direction = values.word(members["direction"]) ?? .ascending
    let nulls: NullPlacementName? = values.word(members["nulls"])
    var key = IndexKey(
      column, direction == .descending ? .descending : .ascending, nulls: nulls?.placement)
    key.form = values.word(members["form"]) ?? .value
    key.textOrder = values.word(members["textOrder"]) ?? .column
    return key
  }

  private mutating func readIndexColumn(_ members: ObjectReader.Members) -> IndexKey.Column? {
    guard let kind = values.only(["field", "link"], of: members) else { return nil }
    if kind == "field" { return mention(members["field"]).map { .field($0) } }
    let link: LinkName? = values.word(members["link"])
    return link?.column
  }

  mutating func readIndexDemand(_ index: Int?) -> IndexDemand {
    var demand: IndexDemand = []
    for item in values.items(index, "an array of what needs an index") {
      let name: IndexDemandName? = values.word(item)
      if let name { demand.insert(name.demand) }
    }
    return demand
  }
}

/// The columns of an index that lead to other tables.
enum LinkName: String, CaseIterable {
  case foreignKey, targetKey

  var column: IndexKey.Column {
    switch self {
    case .foreignKey: .foreignKey
    case .targetKey: .targetKey
    }
  }
}

enum NullPlacementName: String, CaseIterable {
  case first, last

  var placement: SortKey.NullPlacement {
    switch self {
    case .first: .first
    case .last: .last
    }
  }
}

enum IndexDemandName: String, CaseIterable {
  case filters, order

  var demand: IndexDemand {
    switch self {
    case .filters: .filters
    case .order: .order
    }
  }
}
