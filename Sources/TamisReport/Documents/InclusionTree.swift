import TamisMemory
import TamisModel

/// The relations that an answer shows, inside one another as their paths say.
struct InclusionTree: Sendable {
  struct Branch: Sendable {
    let relation: Int
    let name: String
    /// Which elements are shown.
    var filter: ElementFilter
    var inner: [Branch] = []
  }

  private(set) var branches: [Branch] = []

  init(_ query: Query) {
    for inclusion in query.inclusions {
      guard let relation = query.resource.relation(named: inclusion.path) else { continue }
      Self.insert(inclusion, query.resource.relationPath(to: relation)[...], query, into: &branches)
    }
  }

  /// As deep as relations are nested.
  private static func insert(
    _ inclusion: Inclusion, _ path: ArraySlice<Int>, _ query: Query, into branches: inout [Branch]
  ) {
    guard let relation = path.first else { return }
    let isLast = path.count == 1
    let place = branches.firstIndex { $0.relation == relation } ?? branches.endIndex
    if place == branches.endIndex {
      let whole = Inclusion(query.resource.relationName(relation))
      branches.append(
        Branch(
          relation: relation, name: query.resource.relation(relation).name,
          filter: ElementFilter(query, whole)))
    }
    if isLast {
      branches[place].filter = ElementFilter(query, inclusion)
    } else {
      insert(inclusion, path.dropFirst(), query, into: &branches[place].inner)
    }
  }

  // MARK: Records in memory

  func elements(of record: Record) -> [String: [ResponseElement]] {
    Self.elements(branches) { record.elements(of: $0) }
  }

  private static func elements(
    _ branches: [Branch], _ found: (Int) -> [RecordElement]
  ) -> [String: [ResponseElement]] {
    var elements: [String: [ResponseElement]] = [:]
    for branch in branches {
      elements[branch.name] = found(branch.relation).filter { branch.filter.holds($0) }.map { element in
        ResponseElement(
          element.values, elements: Self.elements(branch.inner) { element.elements(of: $0) })
      }
    }
    return elements
  }
}
