/// Text as its Unicode scalars: order, and `like` patterns by backtracking.
enum ReferenceText {
  /// Code point order.
  static func order(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    for (first, second) in zip(left, right) where first != second { return first < second ? -1 : 1 }
    return left.count - right.count
  }

  /// A–Z and a–z are the same letters, nothing else is.
  static func fold(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    guard ("A"..."Z").contains(scalar) else { return scalar }
    return Unicode.Scalar(UInt8(scalar.value + 32))
  }

  enum Element: Hashable {
    case scalar(Unicode.Scalar)
    /// `_`
    case anyOne
    /// `%`
    case anyRun
  }

  /// `%`, `_`, and a backslash before what is meant literally.
  static func elements(ofLike pattern: String) -> [Element] {
    var elements: [Element] = []
    var isEscaped = false
    for scalar in pattern.unicodeScalars {
      switch scalar {
      case "\\" where !isEscaped:
        isEscaped = true
        continue
      case "%" where !isEscaped: elements.append(.anyRun)
      case "_" where !isEscaped: elements.append(.anyOne)
      default: elements.append(.scalar(scalar))
      }
      isEscaped = false
    }
    return elements
  }

  static func matches(_ text: [Unicode.Scalar], _ pattern: [Element], ignoresCase: Bool) -> Bool {
    guard ignoresCase else { return matches(text[...], pattern[...]) }
    let foldedPattern = pattern.map { element in
      if case .scalar(let scalar) = element { Element.scalar(fold(scalar)) } else { element }
    }
    return matches(text.map(fold)[...], foldedPattern[...])
  }

  private static func matches(_ text: ArraySlice<Unicode.Scalar>, _ pattern: ArraySlice<Element>) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    switch first {
    case .scalar(let scalar): return text.first == scalar && matches(text.dropFirst(), pattern.dropFirst())
    case .anyOne: return !text.isEmpty && matches(text.dropFirst(), pattern.dropFirst())
    case .anyRun:
      return matches(text, pattern.dropFirst()) || (!text.isEmpty && matches(text.dropFirst(), pattern))
    }
  }
}
