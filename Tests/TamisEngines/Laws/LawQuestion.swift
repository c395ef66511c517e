package import TamisModel

/// What an engine is asked about a query.
package struct LawQuestion {
  package enum Kind: String, CaseIterable {
    /// The numbers of the page's records.
    case page
    /// The same, with every column that the query selects.
    case columns
    /// How many records the filter selects, on any page.
    case count
  }

  package var query: Query
  package var kind: Kind

  package init(_ query: Query, _ kind: Kind = .page) {
    self.query = query
    self.kind = kind
  }
}
