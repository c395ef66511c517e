import Tamis
import TamisMemory
import TamisTesting

/// The records of one input: some of the resource's own, and what the input brings.
struct FuzzRecords {
  private let ground: FuzzGround
  private let reader: RecordReader
  private(set) var lines: [String] = []
  private var trees: [JSONTree] = []

  private static let lineLimit = 8

  init(_ ground: FuzzGround) {
    self.ground = ground
    reader = RecordReader(resource: ground.resource)
  }

  mutating func choose(count: Int, seed: Int) {
    var random = RandomSource(seed: UInt64(seed))
    for tree in random.some(count, of: ground.generated.records) {
      trees.append(tree)
      lines.append(tree.description)
    }
  }

  /// Takes over what is a record, and gives what is wrong with how the rest was refused.
  mutating func read(_ text: [UInt8]) -> String? {
    for line in text.split(separator: UInt8(ascii: "\n")).prefix(Self.lineLimit) {
      do {
        _ = try reader.read(Array(line))
        guard let text = String(validating: line, as: UTF8.self), let tree = JSONTree(parsing: text) else {
          return "a record was read that is not JSON: \(line)"
        }
        lines.append(text)
        trees.append(tree)
      } catch {
        if let fault = DiagnosticLaw.violation(of: error, Array(line), .body) { return fault }
      }
    }
    return nil
  }

  /// The records one by one, for a database.
  func stored() throws(QueryError) -> [StoredRecord] {
    try lines.map { (line) throws(QueryError) in StoredRecord(try reader.read(line)) }
  }

  mutating func keep(_ places: [Int]) {
    lines = places.map { lines[$0] }
    trees = places.map { trees[$0] }
  }

  func set() throws(QueryError) -> RecordSet {
    try reader.readAll(Array(lines.joined(separator: "\n").utf8))
  }

  var reference: ReferenceInterpreter { ReferenceInterpreter(resource: ground.resource, records: trees) }
}
