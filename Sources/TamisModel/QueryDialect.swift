/// How a request spells its query. The registry of query dialects is `allCases`.
public enum QueryDialect: String, Hashable, Sendable, CaseIterable {
  /// `filter[usage][gte]=5&sort=-date&page[size]=10`: the operator is a bracket of its own.
  case jsonAPI = "jsonapi"
  /// `filter[usage-gte-or]=5`: operator and connective inside the key, as AnimeThemes writes it.
  case jsonAPIKeys = "jsonapi-keys"
  /// `created_at_gte=2024-01-01&limit=20`, as Blnk writes it.
  case suffix
  /// `createdAt[strictly_before]=2024-01-01&order[createdAt]=asc&page=2`, as API Platform writes it.
  case bracket
  /// A JSON body: `{"filters":[{"field":"currency","operator":"eq","value":"USD"}]}`.
  case body
  /// One request may mix `jsonapi`, `suffix` and `bracket`; each parameter is read by its own spelling.
  case mixed
}
