import TamisJSON
import TamisModel

/// Reads one field's value from JSON into a cell. A class, so that passing it around copies no field.
final class FieldDecoder: Sendable {
  let field: Field
  /// The value's place in a record, or in an element.
  let path: [[UInt8]]
  /// The place as a JSON pointer, for diagnostics.
  let pointer: String
  private let offsetMinutes: Int
  private let digitLimit: Int
  /// Of an enumeration: texts that columns hold.
  private let storedTexts: NameTable?

  init(_ field: Field, resource: Resource, under prefix: [String] = []) {
    self.field = field
    path = field.recordPath.map { Array($0.utf8) }
    pointer = JSONPointer.text(prefix + field.recordPath)
    offsetMinutes = resource.offsetMinutes
    digitLimit = resource.limits.digits
    storedTexts = field.enumeration.map { NameTable($0.cases.map { $0.stored.text ?? "" }) }
  }

  /// Null or a missing value is the caller's business.
  func decode(_ document: JSONDocument, _ index: Int, into table: inout RecordTable) throws(FieldFault)
    -> Cell
  {
    if field.type == .json {
      let root = try table.append(document, index, digitLimit: digitLimit)
      return Cell(.document, Int64(root))
    }
    let node = document.nodes[index]
    return try decode(node.kind, document.text, node.range, into: &table)
  }

  /// A scalar by its kind and its text.
  func decode(
    _ kind: JSONDocument.Kind, _ text: [UInt8], _ range: Range<Int>, into table: inout RecordTable
  ) throws(FieldFault) -> Cell {
    switch field.type {
    case .json: throw .kind
    case .boolean:
      guard kind == .true || kind == .false else { throw .kind }
      return Cell(.number, kind == .true ? 1 : 0)
    case .integer:
      guard kind == .number || kind == .string else { throw .kind }
      return try integer(kind, text, range)
    case .bigInteger: return try decimal(kind, text, range, precision: nil, scale: 0, into: &table)
    case .decimal(let precision, let scale):
      return try decimal(kind, text, range, precision: precision, scale: scale, into: &table)
    case .enumeration(let enumeration): return try enumerationCase(kind, text, range, enumeration)
    case .text:
      guard kind == .string else { throw .kind }
      return Cell(text: try table.store(text, range), of: table.arena)
    case .uuid:
      guard kind == .string else { throw .kind }
      return try uuid(text, range, into: &table)
    case .date:
      guard kind == .string else { throw .kind }
      return try date(text, range)
    case .timestamp:
      guard kind == .string else { throw .kind }
      let instant = try instant(text, range, offsetMinutes: offsetMinutes)
      guard instant.precision >= .second else { throw .invalid("it needs a date and a time") }
      return Cell(.number, instant.floor)
    }
  }

  // MARK: Numbers

  private func integer(
    _ kind: JSONDocument.Kind, _ text: [UInt8], _ range: Range<Int>
  ) throws(FieldFault) -> Cell {
    if let number = Self.plainInteger(text, range) { return Cell(.number, number) }
    // `5.0` and `5e2` are whole numbers in JSON; as text they are not digits.
    guard kind == .number else { throw Self.stringFault(text, range) }
    var digits: [UInt8] = []
    switch DecimalText.canonicalise(text, range, into: &digits, digitLimit: digitLimit) {
    case .notANumber: throw .invalid(nil)
    case .tooManyDigits: throw .outOfRange
    case .number: break
    }
    guard !digits.contains(UInt8(ascii: ".")) else { throw .invalid("it has a fraction") }
    guard let number = Self.plainInteger(digits, 0..<digits.count) else { throw .outOfRange }
    return Cell(.number, number)
  }

  private static func stringFault(_ text: [UInt8], _ range: Range<Int>) -> FieldFault {
    isDigits(text, range) ? .outOfRange : .invalid(nil)
  }

  private static func isDigits(_ text: [UInt8], _ range: Range<Int>) -> Bool {
    let digits = text[range].first == UInt8(ascii: "-") ? text[range].dropFirst() : text[range]
    return !digits.isEmpty && digits.allSatisfy { $0 &- 48 < 10 }
  }

  /// An optional minus and digits, within 64 bits.
  static func plainInteger(_ text: [UInt8], _ range: Range<Int>) -> Int64? {
    guard let first = range.first else { return nil }
    let isNegative = text[first] == UInt8(ascii: "-")
    let digits = isNegative ? first + 1..<range.upperBound : range
    guard !digits.isEmpty else { return nil }
    var value: Int64 = 0
    for index in digits {
      let digit = Int64(text[index] &- 48)
      guard digit < 10 else { return nil }
      let (product, first) = value.multipliedReportingOverflow(by: 10)
      let (sum, second) = product.subtractingReportingOverflow(digit)
      guard !first, !second else { return nil }
      value = sum
    }
    if isNegative { return value }
    return value == .min ? nil : -value
  }

  private func decimal(
    _ kind: JSONDocument.Kind, _ text: [UInt8], _ range: Range<Int>, precision: Int?, scale: Int,
    into table: inout RecordTable
  ) throws(FieldFault) -> Cell {
    guard kind == .number || kind == .string else { throw .kind }
    let cell = try table.decimal(text, range, scale: scale, digitLimit: digitLimit)
    let size = DecimalText.measure(table.arena, cell.range)
    if size.fraction > scale {
      throw precision == nil ? .invalid("it has a fraction") : .outOfRange
    }
    // The zero before a point is no digit of the number.
    let first = table.arena[cell.offset] == UInt8(ascii: "-") ? cell.offset + 1 : cell.offset
    if let precision, table.arena[first] != UInt8(ascii: "0"), size.whole > precision - scale {
      throw .outOfRange
    }
    return cell
  }

  // MARK: Texts

  private func uuid(
    _ text: [UInt8], _ range: Range<Int>, into table: inout RecordTable
  ) throws(FieldFault) -> Cell {
    let start = table.arena.count
    guard UUIDText.canonicalise(text, range, into: &table.arena) else { throw .invalid(nil) }
    return Cell(text: start..<table.arena.count, of: table.arena)
  }

  private func enumerationCase(
    _ kind: JSONDocument.Kind, _ text: [UInt8], _ range: Range<Int>, _ enumeration: Enumeration
  ) throws(FieldFault) -> Cell {
    guard let index = caseIndex(kind, text, range, enumeration) else {
      if kind == .number || kind == .string { throw .invalid("the enumeration has no such case") }
      throw .kind
    }
    return Cell(.number, Int64(index))
  }

  private func caseIndex(
    _ kind: JSONDocument.Kind, _ text: [UInt8], _ range: Range<Int>, _ enumeration: Enumeration
  ) -> Int? {
    switch kind {
    case .string:
      if let named = enumeration.index(of: text, range) { return named }
      guard let stored = storedTexts?.index(of: text, range) else { return nil }
      return enumeration.cases[stored].stored.text == nil ? nil : stored
    case .number:
      return Self.plainInteger(text, range).flatMap { number in
        enumeration.cases.firstIndex { $0.stored == .integer(number) }
      }
    case .null, .true, .false, .array, .object: return nil
    }
  }

  // MARK: Dates

  private func instant(
    _ text: [UInt8], _ range: Range<Int>, offsetMinutes: Int
  ) throws(FieldFault) -> DateLiteral {
    do {
      return try DateLiteral.read(text, range, offsetMinutes: offsetMinutes)
    } catch {
      throw .invalid(Self.reason(error))
    }
  }

  private static func reason(_ fault: DateLiteral.Fault) -> String? {
    switch fault {
    case .shape: nil
    case .noSuchDate: "there is no such date"
    case .noSuchTime: "there is no such time"
    case .tooManyFractionDigits: "more than 6 fraction digits"
    case .yearOutOfRange: "the year is not within 1 to 9999"
    case .blankForPlus: "a blank stands where the offset's sign belongs"
    }
  }

  /// A day, or an instant that is midnight UTC.
  private func date(_ text: [UInt8], _ range: Range<Int>) throws(FieldFault) -> Cell {
    // A day has no offset; a time has its own, or the resource's.
    let isDay = range.count <= 10
    let instant = try instant(text, range, offsetMinutes: isDay ? 0 : offsetMinutes)
    let day = Timestamp.floorDivide(instant.floor, Timestamp.microsecondsPerDay)
    guard instant.precision >= .day, day * Timestamp.microsecondsPerDay == instant.floor else {
      throw .invalid(instant.precision < .day ? "it needs a day" : "it is not midnight UTC")
    }
    return Cell(.number, day)
  }
}

extension Enumeration.StoredValue {
  /// The text of a stored text.
  var text: String? {
    switch self {
    case .integer: nil
    case .text(let text): text
    }
  }
}
