import TamisModel
import TamisSyntax

/// Every name of the suffix dialect that splits in one way only, `currency_eq`, found in one step. What is not here
/// is not wrong: keys inside JSON fields, ties, parameters of the resource and other letter cases are seen to by
/// trying the splits.
final class SuffixNames: Sendable {
  private let table: NameTable
  private let meanings: [(field: FieldID, operation: Operator)]

  init(_ resource: Resource, _ facts: [FieldFacts]) {
    let hasOpenKeys = facts.contains { $0.keyLevels > 0 }
    let spellings = OperatorSpellings.of(.suffix)
    var counts: [String: Int] = [:]
    var rows: [(name: String, field: FieldID, operation: Operator)] = []
    for field in facts.indices.map({ FieldID($0) }) where facts[field.index].isVisible {
      let fieldName = resource.fullName(of: field)
      // A dot may also begin a key.
      if hasOpenKeys, fieldName.utf8.contains(UInt8(ascii: ".")) { continue }
      for (name, operation) in zip(spellings.names, spellings.operators) {
        rows.append((fieldName + "_" + name, field, operation))
        counts[rows[rows.count - 1].name, default: 0] += 1
      }
    }
    for parameter in resource.parameters { counts[parameter.name, default: 0] += 2 }
    let clear = rows.filter { counts[$0.name] == 1 }.prefix(NameTable.maximumCount)
    table = NameTable(clear.map(\.name))
    meanings = clear.map { ($0.field, $0.operation) }
  }

  func meaning(_ bytes: [UInt8], _ range: Range<Int>) -> (field: FieldID, operation: Operator)? {
    table.index(of: bytes, range).map { meanings[$0] }
  }
}
