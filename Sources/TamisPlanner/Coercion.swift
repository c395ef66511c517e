import TamisModel

/// Reads text as a value of a type: by the field's declared type, never by the look of the text.
enum Coercion {
  enum Failure: Error {
    case empty
    case invalid(reason: String?)
    case outOfRange
    case tooManyDigits
    case blankForPlus
    case unknownCase
  }

  /// A value other than a date, which has a precision of its own.
  static func scalar(
    _ type: FieldFacts.TypeClass, enumeration: Enumeration?, _ buffer: inout [UInt8], _ range: Range<Int>,
    digitLimit: Int
  ) throws(Failure) -> Operand {
    switch type {
    case .text, .json: return Operand(.text, text: range)
    case .integer: return try integer(buffer, range, digitLimit: digitLimit)
    case .decimal: return try decimal(&buffer, range, digitLimit: digitLimit)
    case .boolean: return try boolean(buffer, range)
    case .uuid: return try uuid(&buffer, range)
    case .enumeration: return try enumerationCase(enumeration, buffer, range)
    case .date, .timestamp: throw .invalid(reason: nil)
    }
  }

  // MARK: Numbers

  private static func integer(
    _ buffer: [UInt8], _ range: Range<Int>, digitLimit: Int
  ) throws(Failure) -> Operand {
    if let number = plainInteger(buffer, range) { return Operand(.integer, number: number) }
    var canonical: [UInt8] = []
    try canonicalise(buffer, range, into: &canonical, digitLimit: digitLimit)
    if canonical.contains(UInt8(ascii: ".")) { throw .invalid(reason: "it has a fraction") }
    guard let number = plainInteger(canonical, 0..<canonical.count) else { throw .outOfRange }
    return Operand(.integer, number: number)
  }

  /// Digits with an optional minus that fit 64 bits.
  static func plainInteger(_ bytes: [UInt8], _ range: Range<Int>) -> Int64? {
    var index = range.lowerBound
    let end = range.upperBound
    let isNegative = index < end && bytes[index] == UInt8(ascii: "-")
    if isNegative { index += 1 }
    guard index < end, end - index <= 19 else { return nil }
    var value: Int64 = 0
    while index < end {
      let digit = bytes[index] &- 48
      guard digit < 10 else { return nil }
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      // Summed on the negative side, which reaches one further.
      let (sum, underflow) = product.subtractingReportingOverflow(Int64(digit))
      if overflow || underflow { return nil }
      value = sum
      index += 1
    }
    if isNegative { return value }
    return value == .min ? nil : -value
  }

  private static func decimal(
    _ buffer: inout [UInt8], _ range: Range<Int>, digitLimit: Int
  ) throws(Failure) -> Operand {
    if isCanonicalInteger(buffer, range), range.count <= digitLimit {
      return Operand(.decimal, text: range)
    }
    var canonical: [UInt8] = []
    try canonicalise(buffer, range, into: &canonical, digitLimit: digitLimit)
    let start = buffer.count
    buffer.append(contentsOf: canonical)
    return Operand(.decimal, text: start..<buffer.count)
  }

  /// The common case needs no copy: an optional minus, then digits that begin with no zero (or `0` alone).
  private static func isCanonicalInteger(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    var index = range.lowerBound
    let end = range.upperBound
    let isNegative = index < end && bytes[index] == UInt8(ascii: "-")
    if isNegative { index += 1 }
    guard index < end else { return false }
    if bytes[index] == UInt8(ascii: "0") { return !isNegative && end - index == 1 }
    while index < end {
      guard bytes[index] &- 48 < 10 else { return false }
      index += 1
    }
    return true
  }

  private static func canonicalise(
    _ buffer: [UInt8], _ range: Range<Int>, into output: inout [UInt8], digitLimit: Int
  ) throws(Failure) {
    switch DecimalText.canonicalise(buffer, range, into: &output, digitLimit: digitLimit) {
    case .number: return
    case .tooManyDigits: throw .tooManyDigits
    case .notANumber: throw range.isEmpty ? .empty : .invalid(reason: reason(buffer, range))
    }
  }

  private static func reason(_ buffer: [UInt8], _ range: Range<Int>) -> String? {
    let blank = UInt8(ascii: " ")
    return buffer[range].first == blank || buffer[range].last == blank ? "it has a blank around it" : nil
  }

  // MARK: Others

  private static func boolean(_ buffer: [UInt8], _ range: Range<Int>) throws(Failure) -> Operand {
    guard let flag = flag(buffer, range) else { throw range.isEmpty ? .empty : .invalid(reason: nil) }
    return Operand(.boolean, number: flag ? 1 : 0)
  }

  /// `true`, `1`, `false`, `0`.
  static func flag(_ buffer: [UInt8], _ range: Range<Int>) -> Bool? {
    let text = buffer[range]
    if text.elementsEqual("true".utf8) || text.elementsEqual("1".utf8) { return true }
    if text.elementsEqual("false".utf8) || text.elementsEqual("0".utf8) { return false }
    return nil
  }

  private static func uuid(_ buffer: inout [UInt8], _ range: Range<Int>) throws(Failure) -> Operand {
    var canonical: [UInt8] = []
    guard UUIDText.canonicalise(buffer, range, into: &canonical) else {
      throw range.isEmpty ? .empty : .invalid(reason: nil)
    }
    let start = buffer.count
    buffer.append(contentsOf: canonical)
    return Operand(.uuid, text: start..<buffer.count)
  }

  private static func enumerationCase(
    _ enumeration: Enumeration?, _ buffer: [UInt8], _ range: Range<Int>
  ) throws(Failure) -> Operand {
    guard let index = enumeration?.index(of: buffer, range) else {
      throw range.isEmpty ? .empty : .unknownCase
    }
    return Operand(.enumerationCase, number: Int64(index))
  }

  // MARK: Dates

  /// For a date field the bounds are days, and a time is refused; else microseconds.
  static func date(
    _ type: FieldFacts.TypeClass, _ buffer: [UInt8], _ range: Range<Int>, offsetMinutes: Int
  ) throws(Failure) -> DateLiteral {
    guard !range.isEmpty else { throw .empty }
    let isDate = type == .date
    do {
      let literal = try DateLiteral.read(buffer, range, offsetMinutes: isDate ? 0 : offsetMinutes)
      guard isDate else { return literal }
      guard literal.precision <= .day else { throw Failure.invalid(reason: "a date has no time") }
      return literal.inDays
    } catch let fault as DateLiteral.Fault {
      throw failure(of: fault)
    } catch let failure as Failure {
      throw failure
    } catch {
      throw .invalid(reason: nil)
    }
  }

  private static func failure(of fault: DateLiteral.Fault) -> Failure {
    switch fault {
    case .shape: .invalid(reason: nil)
    case .noSuchDate: .invalid(reason: "there is no such day")
    case .noSuchTime: .invalid(reason: "there is no such time")
    case .tooManyFractionDigits: .invalid(reason: "a second has at most six fraction digits here")
    case .yearOutOfRange: .outOfRange
    case .blankForPlus: .blankForPlus
    }
  }
}

extension DateLiteral {
  /// Bounds as days since 1970, for a literal of whole days.
  var inDays: DateLiteral {
    var copy = self
    copy.floor = Timestamp.floorDivide(floor, Timestamp.microsecondsPerDay)
    copy.ceiling = Timestamp.floorDivide(ceiling, Timestamp.microsecondsPerDay)
    return copy
  }

  /// Whether the interval is one unit wide: a microsecond, or a day for days.
  var isPoint: Bool { ceiling - floor == 1 }
}
