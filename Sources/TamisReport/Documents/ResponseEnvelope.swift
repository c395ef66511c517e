public import TamisModel

/// What stands around the records of a list answer.
public enum ResponseEnvelope: String, Hashable, Sendable, CaseIterable {
  /// `{"data":[{"type","id","attributes"}],"links","meta"}`, `application/vnd.api+json`.
  case jsonAPI = "jsonapi"
  /// AnimeThemes: `{"balances":[…],"links":{…},"meta":{"current_page",…}}`, named after the resource.
  case collection
  /// API Platform: a Hydra collection, `{"@type":"Collection","member":[…],"view":{…}}`, `application/ld+json`.
  case hydra
  /// Blnk: a bare array; with a count `{"data":[…],"total_count":n}`.
  case array
  /// Metronome: `{"data":[…],"next_page":token or null}`.
  case dataAndNextPage = "data-next-page"

  /// What the clients of a query dialect read.
  public init(_ dialect: QueryDialect) {
    switch dialect {
    case .jsonAPI, .mixed: self = .jsonAPI
    case .jsonAPIKeys: self = .collection
    case .suffix: self = .array
    case .bracket: self = .hydra
    case .body: self = .dataAndNextPage
    }
  }

  var contentType: String {
    switch self {
    case .jsonAPI: "application/vnd.api+json"
    case .hydra: "application/ld+json"
    case .collection, .array, .dataAndNextPage: "application/json"
    }
  }
}
