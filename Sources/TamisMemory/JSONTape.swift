import TamisJSON
import TamisModel

extension RecordTable {
  /// Appends a JSON value, one cell for each of the document's nodes, and gives its place.
  mutating func append(_ document: JSONDocument, _ root: Int, digitLimit: Int) throws(FieldFault) -> Int {
    let base = tape.count
    for index in root..<Int(document.nodes[root].end) {
      let cell = try cell(document, index, base - root, digitLimit)
      tape.append(cell)
    }
    return base
  }

  /// `shift` takes the document's indexes to the tape's.
  private mutating func cell(
    _ document: JSONDocument, _ index: Int, _ shift: Int, _ digitLimit: Int
  ) throws(FieldFault) -> Cell {
    let node = document.nodes[index]
    switch node.kind {
    case .null: return .null
    case .true: return Cell(.boolean, 1, text: store("true".utf8))
    case .false: return Cell(.boolean, 0, text: store("false".utf8))
    case .string: return Cell(text: try store(document.text, node.range), of: arena)
    case .array: return Cell(.array, Int64(Int(node.end) + shift))
    case .object: return Cell(.object, Int64(Int(node.end) + shift))
    case .number: return try decimal(document.text, node.range, scale: 0, digitLimit: digitLimit)
    }
  }

  /// A number by its canonical digits, and by its value times ten to `scale` where that is a whole number of
  /// 64 bits.
  mutating func decimal(
    _ text: [UInt8], _ range: Range<Int>, scale: Int, digitLimit: Int
  ) throws(FieldFault) -> Cell {
    let start = arena.count
    switch DecimalText.canonicalise(text, range, into: &arena, digitLimit: digitLimit) {
    case .notANumber: throw .invalid(nil)
    case .tooManyDigits: throw .tooManyDigits(digitLimit)
    case .number: break
    }
    let digits = start..<arena.count
    let scaled = ScaledDecimal(arena, digits, scale: scale)
    return scaled.isExact ? Cell(.scaled, scaled.floor, text: digits) : Cell(.digits, 0, text: digits)
  }

  mutating func store(_ bytes: some Collection<UInt8>) -> Range<Int> {
    let start = arena.count
    arena.append(contentsOf: bytes)
    return start..<arena.count
  }

  mutating func store(_ text: [UInt8], _ range: Range<Int>) throws(FieldFault) -> Range<Int> {
    guard range.count <= Cell.longestText else { throw .tooLong(Cell.longestText) }
    return store(text[range])
  }

  // MARK: Writing

  /// The value at `index` without blanks, numbers in their canonical digits. Recursion is bounded by the depth
  /// limit of parsing.
  func write(_ index: Int, to writer: inout JSONWriter) {
    let cell = tape[index]
    switch cell.kind {
    case .text: writer.string(arena[cell.range])
    case .scaled, .digits, .boolean: writer.raw(arena[cell.range])
    case .array:
      writer.beginArray()
      var next = index + 1
      while next < Int(cell.payload) {
        write(next, to: &writer)
        next = end(ofValue: next)
      }
      writer.endArray()
    case .object:
      writer.beginObject()
      var next = index + 1
      while next < Int(cell.payload) {
        writer.name(arena[tape[next].range])
        write(next + 1, to: &writer)
        next = end(ofValue: next + 1)
      }
      writer.endObject()
    case .null, .number, .document: writer.null()
    }
  }
}
