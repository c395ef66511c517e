public import TamisModel

extension Catalog {
  /// The opening and ending themes of AnimeThemes: `filter[type]=OP&sort=-anime.year,id`.
  public static let animeThemesThemes = Resource(
    "animethemes", type: "animetheme", table: "anime_themes", dialect: .jsonAPIKeys,
    paging: .pages(defaultSize: 15, maximumSize: 100), allowsRandomOrder: true,
    compatibility: AnimeThemesTypes.compatibility { rules in
      rules.isSearchable = true
      rules.sortNames = [
        "anime.season": "anime_season", "anime.year": "anime_year", "song.title": "song_title",
      ]
      rules.relatedTypes = [
        .init("anime", fields: AnimeThemesTypes.anime), .init("image", fields: AnimeThemesTypes.image),
        .init("animethemeentry", fields: AnimeThemesTypes.entry),
        .init("video", fields: AnimeThemesTypes.video), .init("audio", fields: AnimeThemesTypes.audio),
        .init("song", fields: AnimeThemesTypes.song), .init("artist", fields: AnimeThemesTypes.artist),
      ]
      rules.relatedPaths = [
        .init("anime", type: "anime"), .init("anime.images", type: "image"),
        .init("animethemeentries", type: "animethemeentry"),
        .init("animethemeentries.videos", type: "video"),
        .init("animethemeentries.videos.audio", type: "audio"),
        .init("song", type: "song"), .init("song.artists", type: "artist"),
      ]
    }
  ) {
    AnimeThemesTypes.theme
    // AnimeThemes: the only fields of related records that a list is ordered by. In SQL they are columns of a view.
    Field("anime_season", AnimeThemesTypes.seasonType).nullable().sortable().selectedOnRequest()
      .at("anime", "season").notFilterable()
    Field("anime_year", .integer).nullable().sortable().selectedOnRequest().at("anime", "year")
      .notFilterable()
    Field("song_title", .text).nullable().sortable().selectedOnRequest().at("song", "title").notFilterable()
    AnimeThemesTypes.relation("anime", .one, AnimeThemesTypes.anime).nesting(AnimeThemesTypes.images)
    AnimeThemesTypes.entries.childTable("anime_theme_entries", foreignKey: "theme_id", parentKey: "theme_id")
    AnimeThemesTypes.songs
    AnimeThemesTypes.trashed
  }

  /// The videos of AnimeThemes: `filter[resolution-gte]=720&filter[nc]=true`.
  public static let animeThemesVideos = Resource(
    "videos", type: "video", table: "videos", dialect: .jsonAPIKeys,
    paging: .pages(defaultSize: 15, maximumSize: 100), allowsRandomOrder: true,
    compatibility: AnimeThemesTypes.compatibility { rules in
      rules.isSearchable = true
      rules.relatedTypes = [
        .init("animethemeentry", fields: AnimeThemesTypes.entry),
        .init("animetheme", fields: AnimeThemesTypes.theme), .init("anime", fields: AnimeThemesTypes.anime),
        .init("audio", fields: AnimeThemesTypes.audio), .init("videoscript", fields: AnimeThemesTypes.script),
      ]
      rules.relatedPaths = [
        .init("animethemeentries", type: "animethemeentry"),
        .init("animethemeentries.animetheme", type: "animetheme"),
        .init("animethemeentries.animetheme.anime", type: "anime"),
        .init("audio", type: "audio"),
        .init("script", type: "videoscript", isScoped: false),
      ]
    }
  ) {
    AnimeThemesTypes.video
    AnimeThemesTypes.relation("animethemeentries", .many, AnimeThemesTypes.entry)
      .nesting(
        AnimeThemesTypes.relation("animetheme", .one, AnimeThemesTypes.theme)
          .nesting(AnimeThemesTypes.relation("anime", .one, AnimeThemesTypes.anime)))
    AnimeThemesTypes.relation("audio", .one, AnimeThemesTypes.audio)
    AnimeThemesTypes.relation("script", .one, AnimeThemesTypes.script)
    AnimeThemesTypes.trashed
  }
}
