public import TamisModel

extension Catalog {
  /// The anime of AnimeThemes: `filter[year-gte]=2000&filter[season]=Fall&filter[has]=resources&sort=-year`.
  public static let animeThemesAnime = Resource(
    "anime", type: "anime", table: "anime", dialect: .jsonAPIKeys,
    paging: .pages(defaultSize: 15, maximumSize: 100), allowsRandomOrder: true,
    compatibility: AnimeThemesTypes.compatibility { rules in
      rules.isSearchable = true
      rules.relatedTypes = [
        // AnimeThemes: a name that several types have is checked by the first: `filter[type]` is a theme's.
        .init("animetheme", fields: AnimeThemesTypes.theme),
        .init("animesynonym", fields: AnimeThemesTypes.synonym),
        .init("animethemeentry", fields: AnimeThemesTypes.entry),
        .init("video", fields: AnimeThemesTypes.video),
        .init("audio", fields: AnimeThemesTypes.audio),
        .init("song", fields: AnimeThemesTypes.song),
        .init("artist", fields: AnimeThemesTypes.artist),
        .init("image", fields: AnimeThemesTypes.image),
        .init("resource", fields: AnimeThemesTypes.externalResource),
        .init("series", fields: AnimeThemesTypes.series),
        .init("studio", fields: AnimeThemesTypes.studio),
      ]
      rules.relatedPaths = [
        .init("animesynonyms", type: "animesynonym"),
        .init("series", type: "series"),
        .init("animethemes", type: "animetheme"),
        .init("animethemes.animethemeentries", type: "animethemeentry"),
        .init("animethemes.animethemeentries.videos", type: "video"),
        .init("animethemes.animethemeentries.videos.audio", type: "audio"),
        .init("animethemes.song", type: "song"),
        .init("animethemes.song.artists", type: "artist"),
        .init("images", type: "image"),
        .init("resources", type: "resource"),
        .init("studios", type: "studio"),
      ]
    }
  ) {
    AnimeThemesTypes.anime
    AnimeThemesTypes.relation("animesynonyms", .many, AnimeThemesTypes.synonym)
      .childTable("anime_synonyms", foreignKey: "anime_id", parentKey: "anime_id")
    AnimeThemesTypes.relation("animethemes", .many, AnimeThemesTypes.theme)
      .childTable("anime_themes", foreignKey: "anime_id", parentKey: "anime_id")
      .nesting(AnimeThemesTypes.entries, AnimeThemesTypes.songs)
    AnimeThemesTypes.relation("images", .many, AnimeThemesTypes.image)
    AnimeThemesTypes.relation("resources", .many, AnimeThemesTypes.externalResource)
    AnimeThemesTypes.relation("series", .many, AnimeThemesTypes.series)
    AnimeThemesTypes.relation("studios", .many, AnimeThemesTypes.studio)
    AnimeThemesTypes.trashed
  }

  /// The series of AnimeThemes: `filter[name-like]=%25monogatari%25`.
  public static let animeThemesSeries = Resource(
    "series", type: "series", table: "series", dialect: .jsonAPIKeys,
    paging: .pages(defaultSize: 15, maximumSize: 100), allowsRandomOrder: true,
    compatibility: AnimeThemesTypes.compatibility { rules in
      rules.isSearchable = true
      rules.relatedTypes = [
        .init("anime", fields: AnimeThemesTypes.anime), .init("image", fields: AnimeThemesTypes.image),
      ]
      rules.relatedPaths = [.init("anime", type: "anime"), .init("anime.images", type: "image")]
    }
  ) {
    AnimeThemesTypes.series
    AnimeThemesTypes.relation("anime", .many, AnimeThemesTypes.anime).nesting(AnimeThemesTypes.images)
    AnimeThemesTypes.trashed
  }
}
