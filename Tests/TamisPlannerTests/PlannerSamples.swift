import TamisModel
import TamisPlanner
import TamisSyntax

/// A resource with a field of every type, and ways to plan a request against it.
enum Sample {
  static let resource = Resource("items", type: "item", dialect: .suffix) {
    Field("id", .integer).primaryKey()
    Field("name", .text).nullable().sortable()
    Field("name_before", .text)
    Field("count", .integer).sortable()
    Field("total", .bigInteger).nullable()
    Field("price", .decimal(precision: 8, scale: 2)).sortable()
    Field("open", .boolean)
    Field("key", .uuid)
    Field("day", .date).nullable().sortable()
    Field("made_at", .timestamp).nullable().sortable()
    Field("color", .enumeration(Enumeration(["Red", "Green", "Deep Blue"], matchesAnyCase: true)))
    Field("meta", .json).nullable().openKeys(levels: 2)
    Field("secret", .text).hidden()
    Relation("parts", .many) {
      Field("size", .integer)
      Field("from", .timestamp).nullable()
      Field("until", .timestamp).nullable()
    }
    Parameter("since", .value(.timestamp, .compare("made_at", .greaterOrEqual, .argument)))
    Parameter(
      "covering",
      .value(
        .timestamp,
        .any(
          "parts",
          .and(
            .compare("from", .lessOrEqual, .argument),
            .or(.isNull("until"), .compare("until", .greater, .argument)))))
    ).instant()
    Parameter(
      "trashed",
      .choice(
        [.init("with", .always), .init("without", .isNull("day")), .init("only", .isNotNull("day"))],
        defaultChoice: "with")
    ).anyCase()
  }

  static func plan(
    _ text: String, _ dialect: QueryDialect, resource: Resource = resource, scope: [String: String] = [:]
  ) throws(QueryError) -> PlannedQuery {
    let bytes = Array(text.utf8)
    let parsed = Parser.parse(bytes, as: dialect, limits: resource.limits, groups: resource.readsGroups)
    return try Planner(resource: resource).plan(parsed, dialect: dialect, scope: scope)
  }
}
