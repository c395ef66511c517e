/// A parameter with a key of its own that one filter reads, as API Platform's query parameters.
///
///     FilterParameter("quantity", .comparison(.exact))                              // quantity[gte]=5
///     FilterParameter("namePart", .partialSearch(), on: "name")                     // namePart=ann
///     FilterParameter("search[:property]", .partialSearch(), on: "name", "city")    // search[city]=par
///     FilterParameter("q", .freeText(.or(.exact)), on: "name", "code")              // q=x
public struct FilterParameter: Hashable, Sendable {
  /// What a value is turned into before the filter sees it. Text that is no such value is passed on as it is; empty
  /// text is refused, except that of a date.
  public enum NativeType: String, Hashable, Sendable, CaseIterable {
    case boolean = "bool"
    case integer = "int"
    case float
    case dateTime = "datetime"
  }

  /// The place in the name tree: `q`, `search[city]`. With the segment `:property` it is one parameter for each
  /// property.
  public var key: String
  public var filter: ParameterFilter
  /// Empty: the property that the key names, or with a template every field of the record.
  public var properties: [FilterProperty]
  public var nativeType: NativeType?
  /// What an absent parameter means, where it means something.
  public var defaultValue: String?

  public static let placeholder = ":property"

  public init(_ key: String, _ filter: ParameterFilter, on properties: FilterProperty...) {
    self.init(key, filter, properties)
  }

  public init(_ key: String, _ filter: ParameterFilter, _ properties: [FilterProperty]) {
    self.key = key
    self.filter = filter
    self.properties = properties
  }

  private func with(_ change: (inout FilterParameter) -> Void) -> FilterParameter {
    var copy = self
    change(&copy)
    return copy
  }

  public func casting(to type: NativeType) -> FilterParameter { with { $0.nativeType = type } }
  /// The value that the parameter has when it is absent: `.defaulting(to: "true")`.
  public func defaulting(to value: String) -> FilterParameter { with { $0.defaultValue = value } }

  /// The key's segments; nil when its brackets do not match.
  public var path: [String]? {
    guard let open = key.utf8.firstIndex(of: UInt8(ascii: "[")) else { return key.isEmpty ? nil : [key] }
    guard open > key.startIndex, key.utf8.last == UInt8(ascii: "]") else { return nil }
    let inner = key[key.utf8.index(after: open)...].dropLast()
    let segments = inner.utf8.split(separator: UInt8(ascii: "]"), omittingEmptySubsequences: false)
    var path = [String(key[..<open])]
    for (index, segment) in segments.enumerated() {
      let text = String(Substring(segment))
      guard index > 0 else {
        path.append(text)
        continue
      }
      guard text.utf8.first == UInt8(ascii: "[") else { return nil }
      path.append(String(text.dropFirst()))
    }
    return path.dropFirst().contains { $0.isEmpty || $0.utf8.contains(UInt8(ascii: "[")) } ? nil : path
  }

  /// The segments of the key for one property.
  public func path(for property: FilterProperty) -> [String] {
    (path ?? [key]).map { $0 == Self.placeholder ? property.name : $0 }
  }

  /// Whether the key is one for each property.
  public var isTemplate: Bool { path?.contains(Self.placeholder) ?? false }
}
