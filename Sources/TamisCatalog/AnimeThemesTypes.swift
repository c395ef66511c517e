import TamisModel

/// What the resources of AnimeThemes have in common: the fields of its types, and how its server reads requests.
enum AnimeThemesTypes {
  /// The reading since April 2024: `filter[year-gt]=2000`.
  static func compatibility(_ change: (inout KeyChainRules) -> Void) -> Compatibility {
    var rules = KeyChainRules()
    rules.deletionField = "deleted_at"
    // AnimeThemes: the collation is utf8mb4_unicode_ci.
    rules.matchesTextInAnyCase = true
    change(&rules)
    return Compatibility("AnimeThemes", .keyChain(rules))
  }

  /// AnimeThemes: soft-deleted rows stay out unless the client says otherwise, in any letter case.
  static let trashed = Parameter(
    "trashed",
    .choice(
      [
        Parameter.Choice("with", .always),
        Parameter.Choice("without", .isNull("deleted_at")),
        Parameter.Choice("only", .isNotNull("deleted_at")),
      ], defaultChoice: "without")
  ).anyCase()

  /// AnimeThemes: in an answer only when they are asked for by name.
  static let stamps = ["created_at", "updated_at", "deleted_at"].map {
    Field($0, .timestamp).nullable().sortable().selectedOnRequest()
  }

  static func relation(_ name: String, _ cardinality: Relation.Cardinality, _ fields: [Field]) -> Relation {
    var relation = Relation(name, cardinality) {}
    // Related records are found by it, but it is not what a list is ordered by.
    relation.fields = fields.map { field in
      var field = field
      field.isPrimaryKey = false
      return field
    }
    return relation
  }

  // MARK: Relations of several types

  /// Entries of a theme, their videos, and the videos' audio.
  static let entries = relation("animethemeentries", .many, entry)
    .nesting(relation("videos", .many, video).nesting(relation("audio", .one, audio)))
  static let songs = relation("song", .one, song).nesting(relation("artists", .many, artist))
  static let images = relation("images", .many, image)

  // MARK: Types

  static let anime =
    stamps + [
      Field("id", .integer).column("anime_id").primaryKey(),
      Field("name", .text).sortable(),
      Field("media_format", .enumeration(mediaFormat)).nullable().sortable(),
      Field("season", .enumeration(season)).nullable().sortable(),
      Field("slug", .text).sortable(),
      Field("synopsis", .text).nullable().sortable(),
      Field("year", .integer).nullable().sortable(),
    ]

  static let synonym =
    stamps + [
      Field("id", .integer).column("synonym_id").primaryKey(),
      Field("text", .text).nullable().sortable(),
      Field("type", .enumeration(numbered("Other", "Native", "English", "Short"))).sortable(),
    ]

  static let theme =
    stamps + [
      Field("id", .integer).column("theme_id").primaryKey(),
      Field("sequence", .integer).nullable().sortable(),
      Field("slug", .text).sortable(),
      Field("type", .enumeration(numbered("OP", "ED", "IN"))).nullable().sortable(),
    ]

  static let entry =
    stamps + [
      Field("id", .integer).column("entry_id").primaryKey(),
      Field("episodes", .text).nullable().sortable(),
      Field("notes", .text).nullable().sortable(),
      Field("nsfw", .boolean).sortable(),
      Field("spoiler", .boolean).sortable(),
      Field("version", .integer).nullable().sortable(),
    ]

  static let video =
    stamps + [
      Field("id", .integer).column("video_id").primaryKey(),
      Field("basename", .text).sortable(),
      Field("filename", .text).sortable(),
      Field("lyrics", .boolean).sortable(),
      Field("nc", .boolean).sortable(),
      Field("overlap", .enumeration(numbered("None", "Transition", "Over"))).sortable(),
      Field("path", .text).sortable(),
      Field("resolution", .integer).nullable().sortable(),
      Field("size", .integer).sortable(),
      Field("source", .enumeration(numbered("WEB", "RAW", "BD", "DVD", "VHS", "LD"))).nullable().sortable(),
      Field("subbed", .boolean).sortable(),
      Field("uncen", .boolean).sortable(),
    ]

  static let audio =
    stamps + [
      Field("id", .integer).column("audio_id").primaryKey(),
      Field("basename", .text).sortable(),
      Field("filename", .text).sortable(),
      Field("path", .text).sortable(),
      Field("size", .integer).sortable(),
    ]

  static let script =
    stamps + [
      Field("id", .integer).column("script_id").primaryKey(),
      Field("path", .text).sortable(),
    ]

  static let series = named("series_id")
  static let studio = named("studio_id")

  static let artist = named("artist_id") + [Field("information", .text).nullable().sortable()]

  static let song =
    stamps + [
      Field("id", .integer).column("song_id").primaryKey(),
      Field("title", .text).nullable().sortable(),
    ]

  static let image =
    stamps + [
      Field("id", .integer).column("image_id").primaryKey(),
      Field("facet", .enumeration(numbered("Small Cover", "Large Cover", "Grill", "Document"))).nullable()
        .sortable(),
      Field("path", .text).sortable(),
    ]

  static let externalResource =
    stamps + [
      Field("id", .integer).column("resource_id").primaryKey(),
      Field("external_id", .integer).nullable().sortable(),
      Field("link", .text).nullable().sortable(),
      Field("site", .enumeration(site)).nullable().sortable(),
    ]

  private static func named(_ key: String) -> [Field] {
    stamps + [
      Field("id", .integer).column(key).primaryKey(), Field("name", .text).sortable(),
      Field("slug", .text).sortable(),
    ]
  }

  // MARK: Enumerations

  /// AnimeThemes: the display names are public, in any letter case; the tables hold numbers, and sort by them.
  private static func numbered(_ names: String...) -> Enumeration {
    Enumeration(
      names.enumerated().map { Enumeration.Case($0.element, stored: .integer(Int64($0.offset))) },
      matchesAnyCase: true)
  }

  static let seasonType = FieldType.enumeration(season)
  private static let season = numbered("Winter", "Spring", "Summer", "Fall")
  private static let mediaFormat = numbered("Unknown", "TV", "TV Short", "OVA", "Movie", "Special", "ONA")
  private static let site = numbered(
    "Official Website", "Twitter", "aniDB", "AniList", "Anime-Planet", "Anime News Network", "Kitsu",
    "MyAnimeList",
    "Wiki")
}
