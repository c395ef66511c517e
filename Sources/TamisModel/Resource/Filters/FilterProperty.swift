/// What a declared filter looks at: a public name, and the field that it stands for.
///
///     "amount"                                            // the field of this name
///     FilterProperty("name_converted", field: "nameConverted")
///     FilterProperty("owner", field: "owner.id", iri: "/people/")
public struct FilterProperty: Hashable, Sendable, ExpressibleByStringLiteral {
  /// What clients write: `owner.name`.
  public var name: String
  /// A field, the field of a relation's element (`owner.name`), or for an exists filter a relation.
  public var field: String
  /// Where values may be addresses of records: what stands before the identifier, `/people/`.
  public var iriPrefix: String?

  public init(_ name: String, field: String? = nil, iri prefix: String? = nil) {
    self.name = name
    self.field = field ?? name
    iriPrefix = prefix
  }

  public init(stringLiteral name: String) {
    self.init(name)
  }
}
