/// What the value of a filter parameter means for its properties.
public indirect enum ParameterFilter: Hashable, Sendable {
  /// `k=v` is equality, `k[]=v&k[]=w` one of several.
  case exact
  /// The value is found as literal text; one of several values is enough.
  case text(SearchStrategy)
  /// `k[gt]=5`, with `gt`, `gte`, `lt`, `lte`, `ne` and `between=1..9`; the inner filter is `exact`.
  case comparison(ParameterFilter)
  /// The inner filter's condition is joined by OR to everything that was read before it. Inside `freeText` that is
  /// the other properties; elsewhere it is the whole filter of the request, though never a scope of the server.
  case or(ParameterFilter)
  /// The inner filter on each of the parameter's properties, all of them to hold unless the inner one is an `or`.
  case freeText(ParameterFilter)
  /// A filter of its own for each property.
  case freeTextMap([FreeTextEntry])
  /// `k=asc`, `k=DESC`.
  case sort(SortOrder.Nulls?)
  /// As ``PropertyFilter/Kind/date(_:)``.
  case date(DateNullStrategy)
  /// `k=true`: the property has a value.
  case exists

  public static func partialSearch(caseSensitive: Bool = false) -> ParameterFilter {
    .text(SearchStrategy(.partial, ignoresCase: !caseSensitive))
  }
  public static func startSearch(caseSensitive: Bool = false) -> ParameterFilter {
    .text(SearchStrategy(.start, ignoresCase: !caseSensitive))
  }
  public static func endSearch(caseSensitive: Bool = false) -> ParameterFilter {
    .text(SearchStrategy(.end, ignoresCase: !caseSensitive))
  }
  public static func wordStartSearch(caseSensitive: Bool = false) -> ParameterFilter {
    .text(SearchStrategy(.wordStart, ignoresCase: !caseSensitive))
  }
}

/// One property of a free text parameter, with the filter that it is searched by.
public struct FreeTextEntry: Hashable, Sendable {
  public var property: FilterProperty
  public var filter: ParameterFilter

  public init(_ property: FilterProperty, _ filter: ParameterFilter) {
    self.property = property
    self.filter = filter
  }
}
