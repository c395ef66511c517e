import TamisModel

/// Where a decimal number stands among the integers of 64 bits.
enum IntegerCut {
  case exactly(Int64)
  /// Between this integer and the next.
  case above(Int64)
  /// Below all of them.
  case underflow
  case overflow

  /// What a comparison of an integer with the number comes to.
  enum Question {
    case compare(Comparison, Int64)
    case always
    case never
  }

  /// - Parameter range: canonical decimal text.
  init(_ buffer: [UInt8], _ range: Range<Int>) {
    let isNegative = buffer[range].first == UInt8(ascii: "-")
    let dot = buffer[range].firstIndex(of: UInt8(ascii: "."))
    guard let whole = Coercion.plainInteger(buffer, range.lowerBound..<(dot ?? range.upperBound)) else {
      self = isNegative ? .underflow : .overflow
      return
    }
    if dot == nil {
      self = .exactly(whole)
    } else if !isNegative {
      self = whole == .max ? .overflow : .above(whole)
    } else {
      self = whole == .min ? .underflow : .above(whole - 1)
    }
  }

  func asked(_ comparison: Comparison) -> Question {
    switch self {
    case .exactly(let number): .compare(comparison, number)
    case .above(let number): Self.asked(comparison, above: number)
    case .underflow: Self.asked(comparison, holdsForLess: false)
    case .overflow: Self.asked(comparison, holdsForLess: true)
    }
  }

  private static func asked(_ comparison: Comparison, above number: Int64) -> Question {
    switch comparison {
    case .equal: .never
    case .notEqual: .always
    case .less, .lessOrEqual: .compare(.lessOrEqual, number)
    case .greater, .greaterOrEqual: .compare(.greater, number)
    }
  }

  private static func asked(_ comparison: Comparison, holdsForLess: Bool) -> Question {
    switch comparison {
    case .equal: .never
    case .notEqual: .always
    case .less, .lessOrEqual: holdsForLess ? .always : .never
    case .greater, .greaterOrEqual: holdsForLess ? .never : .always
    }
  }

  /// The least integer that is not below the number; nil when there is none.
  var least: Int64? {
    switch self {
    case .exactly(let number): number
    case .above(let number): number + 1
    case .underflow: .min
    case .overflow: nil
    }
  }

  /// The greatest integer that is not above the number; nil when there is none.
  var greatest: Int64? {
    switch self {
    case .exactly(let number), .above(let number): number
    case .underflow: nil
    case .overflow: .max
    }
  }
}
