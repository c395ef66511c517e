import Tamis
import TamisCatalog
import Testing

/// Conditions on related records, and on the records that they are related to.
@Suite struct KeyChainRelationTests {
  private static let compiler = QueryCompiler(resource: Catalog.animeThemesAnime, policy: .faithful)

  @Test(arguments: [
    ("has]=animethemes", "any(animethemes, deleted_at IS NULL)"),
    ("has-lt]=animethemes", "NOT any(animethemes, deleted_at IS NULL)"),
    ("has-gt]=animethemes", "any(animethemes, deleted_at IS NULL, 2)"),
    ("has-lte]=animethemes", "NOT any(animethemes, deleted_at IS NULL, 2)"),
    // Every relation on the way has an element that is not deleted; a count is of the last one.
    ("has]=animethemes.song", "any(animethemes, any(song, deleted_at IS NULL) AND deleted_at IS NULL)"),
    (
      "has-lt]=animethemes.song", "NOT any(animethemes, any(song, deleted_at IS NULL) AND deleted_at IS NULL)"
    ),
    (
      "has-gt]=animethemes.animethemeentries",
      "any(animethemes, any(animethemeentries, deleted_at IS NULL, 2) AND deleted_at IS NULL)"
    ),
    (
      "has-lte]=animethemes.animethemeentries",
      "any(animethemes, NOT any(animethemeentries, deleted_at IS NULL, 2) AND deleted_at IS NULL)"
    ),
  ])
  func presence(_ key: String, _ expected: String) throws {
    let query = try Self.compiler.compile("filter[anime][trashed]=with&filter[\(key)").query
    #expect(Self.text(query.predicate) == expected)
  }

  /// Criteria of the last relation's type hold inside it, and nowhere on the way.
  @Test func criteria() throws {
    let query = try Self.compiler.compile("filter[has]=animethemes.song&filter[title]=Sign").query
    #expect(
      Self.text(query.predicate)
        == "any(animethemes, any(song, title ~ AND deleted_at IS NULL) AND deleted_at IS NULL) AND deleted_at IS NULL"
    )
  }

  @Test func inclusions() throws {
    let query = try Self.compiler.compile(
      "include=animethemes,animethemes.song&filter[type]=OP&filter[song][title]=Sign"
    ).query
    #expect(query.inclusions.map(\.path) == ["animethemes", "animethemes.song"])
    #expect(
      query.inclusions.map { Self.text($0.predicate) } == [
        "type = AND deleted_at IS NULL", "title ~ AND deleted_at IS NULL",
      ])
    #expect(Self.text(query.predicate) == "deleted_at IS NULL")
  }

  /// A predicate without its values.
  private static func text(_ predicate: Predicate) -> String {
    switch predicate {
    case .and(let parts): parts.map(text).joined(separator: " AND ")
    case .any(let relation, let inner, let isNegated, let count):
      (isNegated ? "NOT " : "") + "any(\(relation), \(text(inner))\(count > 1 ? ", \(count)" : ""))"
    case .isNull(let path, false): path.field + " IS NULL"
    case .compare(let path, .equal, _): path.field + " ="
    case .pattern(let path, _, false): path.field + " ~"
    default: "\(predicate)"
    }
  }
}
