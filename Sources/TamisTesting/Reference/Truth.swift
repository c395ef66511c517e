/// The three values of SQL's logic.
public enum Truth: Hashable, Sendable {
  case yes
  case no
  case unknown

  public init(_ flag: Bool) {
    self = flag ? .yes : .no
  }

  public var negated: Truth {
    switch self {
    case .yes: .no
    case .no: .yes
    case .unknown: .unknown
    }
  }

  /// NO wins, then UNKNOWN; none at all is YES.
  public static func all(_ parts: [Truth]) -> Truth {
    if parts.contains(.no) { return .no }
    return parts.contains(.unknown) ? .unknown : .yes
  }

  /// YES wins, then UNKNOWN; none at all is NO.
  public static func some(_ parts: [Truth]) -> Truth {
    if parts.contains(.yes) { return .yes }
    return parts.contains(.unknown) ? .unknown : .no
  }
}
