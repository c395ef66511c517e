import TamisModel

/// Why a stored value is not one of its field's type.
enum FieldFault: Error {
  /// A JSON value of the wrong kind.
  case kind
  /// Text or a number that the type cannot read, with the reason where it is known.
  case invalid(String?)
  case outOfRange
  case tooManyDigits(Int)
  case tooLong(Int)

  func problem(field: Field, text: String, found: String) -> Problem {
    switch self {
    case .kind: .wrongShape(expected: "\(field.type.noun) for the field \"\(field.name)\"", found: found)
    case .invalid(let reason): .invalidValue(text: text, type: field.type.noun, reason: reason)
    case .outOfRange: .outOfRange(text: text, type: field.type.noun)
    case .tooManyDigits(let limit): .tooManyDigits(limit: limit)
    case .tooLong(let limit): .valueTooLong(limit: limit)
    }
  }
}
