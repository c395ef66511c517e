import TamisModel

/// Names that a field from outside can not have as they are.
enum ReservedFieldName {
  /// Words of the query dialects.
  static let words: Set<String> = [
    "filter", "sort", "page", "fields", "include", "order", "exists", "limit", "offset", "logical_operator",
    "cursor", "next_page", "itemsPerPage",
  ]
  private static let groups: Set<String> = ["and", "or", "not", "any"]

  /// Where a field is called like a group, names are worth more than groups.
  static func leavesGroups(_ fields: [Field], _ relations: [Relation]) -> Bool {
    (fields + relations.flatMap(\.fields)).allSatisfy { !groups.contains($0.name) }
  }
}
