/// What is particular to a server with a closed list of keys, which join in one flat chain (AnimeThemes, and Laravel
/// servers of its kind): `filter[usage-gte]=5&filter[service-or]=aws`.
///
/// A key is a field, a comparison that its type has, and a connective. A value that is refused is answered with the
/// wording of the server's validator.
public struct KeyChainRules: Hashable, Sendable {
  /// A type that the resource's relations lead to. Its fields may be named in filters, which then hold for what is
  /// included or tested with `has`.
  public struct RelatedType: Hashable, Sendable {
    /// In the singular: `filter[resource][site]=MyAnimeList`.
    public var name: String
    public var fields: [Field]

    public init(_ name: String, fields: [Field]) {
      self.name = name
      self.fields = fields
    }
  }

  /// A way to related records, which clients may include and test: `include=animethemes.song`,
  /// `filter[has]=animethemes.song`.
  public struct RelatedPath: Hashable, Sendable {
    /// Names of relations, joined by dots.
    public var path: String
    /// The name of the type at its end.
    public var type: String
    /// Whether criteria for its type alone reach these records: the server takes the relation's name for the type, so
    /// that they do not where the two differ, as `members`, which are artists.
    public var isScoped: Bool

    public init(_ path: String, type: String, isScoped: Bool = true) {
      self.path = path
      self.type = type
      self.isScoped = isScoped
    }
  }

  public var form = PHPFormRules()
  public var relatedTypes: [RelatedType] = []
  public var relatedPaths: [RelatedPath] = []
  /// The field that is null in records that are not deleted, of the resource and of each related type; nil where
  /// records are not kept once they are deleted. `filter[trashed]=with` asks for deleted records too.
  public var deletionField: String?
  /// Names to order by that are not the field's own: `sort=anime.year` by the field `anime_year`.
  public var sortNames: [String: String] = [:]
  /// Whether the endpoint shows one record, so that there is nothing to filter, order or page.
  public var showsOneRecord = false
  /// Whether texts are equal, and like a pattern, in any ASCII case: the collation of the server's database.
  public var matchesTextInAnyCase = false
  /// `q=` searches with another engine, where there is one: it is refused.
  public var searchParameter = "q"
  /// Whether the server searches at all. One that does not refuses `q` itself.
  public var isSearchable = false

  public init() {}
}
