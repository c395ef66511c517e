/// Related records that an answer shows beside its records.
public struct Inclusion: Hashable, Sendable {
  /// The relation, by its path: `animethemes.song`. The relations on the way are shown as well.
  public var path: String
  /// Which of its elements are shown; over the element's fields.
  public var predicate: Predicate

  public init(_ path: String, where predicate: Predicate = .always) {
    self.path = path
    self.predicate = predicate
  }
}

extension Query {
  /// What is included, as asked for.
  public var inclusions: [Inclusion] { content.choices?.inclusions ?? [] }

  /// Paths of the relations to include, as asked for: `include=animethemes.song`.
  public var inclusion: [String] { inclusions.map(\.path) }

  /// The same query, with these relations in its answer. Which records are selected does not change.
  ///
  /// Nil when a path is not the resource's, a predicate's names or values do not suit its relation, or a predicate
  /// holds a regular expression, which might fail on a record that was selected.
  public func including(_ inclusions: [Inclusion]) -> Query? {
    for inclusion in inclusions {
      guard let asked = elementQuery(inclusion), !asked.nodes.contains(where: { $0.kind == .matches }) else {
        return nil
      }
    }
    var query = self
    query.content = content.with(choices: choices.with(inclusions: inclusions))
    return query
  }

  /// The records with an element that the inclusion shows.
  package func elementQuery(_ inclusion: Inclusion) -> Query? {
    Query(resource, where: .any(relation: inclusion.path, inclusion.predicate, isNegated: false))
  }
}
