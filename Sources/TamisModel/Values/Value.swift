/// A typed operand, as the public tree shows it.
public enum Value: Hashable, Sendable {
  /// UTF-8 text, compared byte for byte.
  case text(String)
  case integer(Int64)
  /// A decimal or a big integer, exact.
  case decimal(Decimal)
  case boolean(Bool)
  /// Canonical lower-case text of a UUID.
  case uuid(String)
  case date(CalendarDate)
  case timestamp(Timestamp)
  /// The public name of an enumeration's case.
  case enumeration(String)
  /// Minified JSON.
  case json(String)
  /// A resource's own condition before it is given its argument.
  case argument
}

extension Value: CustomStringConvertible {
  public var description: String {
    switch self {
    case .text(let text): "\"\(text)\""
    case .integer(let number): String(number)
    case .decimal(let number): number.text
    case .boolean(let flag): flag ? "true" : "false"
    case .uuid(let text): text
    case .date(let date): date.description
    case .timestamp(let instant): instant.description
    case .enumeration(let name): name
    case .json(let text): text
    case .argument: "?"
    }
  }
}
