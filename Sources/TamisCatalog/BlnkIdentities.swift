public import TamisModel

extension Catalog {
  /// The identities of a Blnk server: `country_eq=NG&category_eq=customer`.
  public static let blnkIdentities = Resource(
    "identities", table: "blnk.identity", dialect: .suffix,
    paging: .limitOffset(defaultLimit: 20, maximumLimit: 100),
    defaultSort: [.descending("created_at")], limits: Blnk.limits,
    // Blnk: without a filter the list has no pages.
    compatibility: Blnk.compatibility(table: "identity") { $0.unfiltered = .everything }
  ) {
    Blnk.key("identity_id")
    for name in ["first_name", "last_name", "other_names", "gender"] { Blnk.nullable(name) }
    Blnk.nullable("dob", .date)
    for name in [
      "email_address", "phone_number", "nationality", "street", "country", "state", "organization_name",
      "category", "identity_type", "post_code", "city",
    ] {
      Blnk.nullable(name)
    }
    Blnk.field("created_at", .timestamp)
    Blnk.nullable("meta_data", .json)
    Blnk.includeCount
  }
}
