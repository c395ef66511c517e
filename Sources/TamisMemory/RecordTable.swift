import TamisModel

/// Decoded records side by side: a column of cells for each field, so that a test of one field reads one array.
struct RecordTable: Sendable {
  /// By field. A record's own field has a cell for each row, a relation's field one for each element.
  var columns: [[Cell]]
  /// By relation: where each row's elements begin, and after them the end of the last row's. The rows of a relation of
  /// elements are those elements.
  var elementStarts: [[UInt32]]
  /// Texts of all cells.
  var arena: [UInt8] = []
  /// JSON documents in preorder.
  var tape: [Cell] = []
  /// The records as they were read, one after another.
  var source: [UInt8] = []
  var sourceEnds: [Int] = [0]

  init(resource: Resource) {
    columns = Array(repeating: [], count: resource.fieldCount)
    elementStarts = Array(repeating: [0], count: resource.relationEntries.count)
  }

  /// A table for values outside any record.
  init(fieldless: Void) {
    columns = []
    elementStarts = []
  }

  var rowCount: Int { sourceEnds.count - 1 }

  func source(ofRow row: Int) -> ArraySlice<UInt8> {
    source[sourceEnds[row]..<sourceEnds[row + 1]]
  }

  func elements(ofRow row: Int, inRelation relation: Int) -> Range<Int> {
    Int(elementStarts[relation][row])..<Int(elementStarts[relation][row + 1])
  }

  // MARK: JSON documents

  /// The index after a tape's value.
  @inline(__always)
  func end(ofValue index: Int) -> Int {
    let cell = tape[index]
    return cell.isKind(.array) || cell.isKind(.object) ? Int(cell.payload) : index &+ 1
  }

  /// The tape's index of the value at the end of a path of keys; nil where one is missing.
  func value(at path: [[UInt8]], from root: Int) -> Int? {
    var index = root
    for key in path {
      guard let next = member(key, ofObject: index) else { return nil }
      index = next
    }
    return index
  }

  func member(_ key: [UInt8], ofObject index: Int) -> Int? {
    guard tape[index].isKind(.object) else { return nil }
    let end = Int(tape[index].payload)
    var next = index &+ 1
    while next < end {
      if isText(tape[next], key) { return next &+ 1 }
      next = self.end(ofValue: next &+ 1)
    }
    return nil
  }

  @inline(__always)
  private func isText(_ cell: Cell, _ key: [UInt8]) -> Bool {
    guard cell.count == key.count else { return false }
    for index in 0..<key.count where arena[cell.offset &+ index] != key[index] { return false }
    return true
  }
}

/// A finished table, shared by its records.
final class RecordStorage: Sendable {
  let resource: Resource
  let table: RecordTable

  init(resource: Resource, table: RecordTable) {
    self.resource = resource
    self.table = table
  }
}
