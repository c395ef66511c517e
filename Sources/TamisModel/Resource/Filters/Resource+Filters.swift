extension Resource {
  /// Whether a declared filter gives the name alone, or one of the words for dates, a meaning that its field has not.
  package func isReadByFilter(_ name: String) -> Bool {
    filterParameters.contains { $0.path?.first == name }
      || filters.contains { filter in
        switch filter.kind {
        case .search(let strategy): strategy != .exact && filter.reads(name)
        case .date(let nulls): nulls != .none && filter.reads(name)
        case .range, .numeric, .boolean, .enumeration, .exists, .order: false
        }
      }
  }
}

extension PropertyFilter {
  fileprivate func reads(_ name: String) -> Bool {
    properties.isEmpty || properties.contains { $0.name == name }
  }
}
