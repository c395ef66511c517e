import Tamis
import TamisEngines
import Testing

/// Asks a table everything that its resource allows, in SQL and over its own rows in memory.
struct TableSweep {
  let resource: Resource
  let records: RecordSet
  let engine: any LoadedEngine
  private let compiler: QueryCompiler

  init(_ resource: Resource, _ records: RecordSet, _ engine: any LoadedEngine) {
    self.resource = resource
    self.records = records
    self.engine = engine
    compiler = QueryCompiler(resource: resource, engines: [engine.emitter.dialect])
  }

  struct Tally {
    var asked = 0
    /// Requests that selected some of the records, and not all.
    var decisive = 0
  }

  /// Every field with every operator, and every order.
  func run() throws -> Tally {
    var tally = Tally()
    for query in queries() {
      let compiled = try compiler.compile(query)
      let expected = try compiled.select(from: records).indices.map { identity($0) }
      #expect(try engine.ids(for: compiled.query) == expected, "\(query)")
      tally.asked += 1
      if !expected.isEmpty, expected.count < records.count { tally.decisive += 1 }
    }
    return tally
  }

  private func identity(_ place: Int) -> String {
    let keys = resource.fields.indices.filter { resource.fields[$0].isPrimaryKey }
    return keys.map { records[place].value(of: FieldID($0)).map(Self.text) ?? "NULL" }.joined(separator: "|")
  }

  private func queries() -> [String] {
    var queries = [""]
    for (index, field) in resource.fields.enumerated() {
      let values = Set(records.compactMap { $0.value(of: FieldID(index)).map(Self.text) }).sorted()
      for operation in field.operators.operators where field.type != .json || operation.family == .nullTest {
        for operand in Self.operands(operation, values) {
          queries.append("\(Self.encode(field.name))_\(operation.name)=\(operand)")
        }
      }
      if field.keyRule != .none {
        queries += ["eq=gold", "ne=1", "gt=a", "in=1,gold", "isnull", "startswith=g"].map {
          "\(Self.encode(field.name)).tier_\($0)"
        }
      }
      if field.isSortable {
        queries += ["sort=\(Self.encode(field.name))", "sort=-\(Self.encode(field.name))&limit=2"]
      }
    }
    return queries + elementQueries()
  }

  /// Elements by the values that they have.
  private func elementQueries() -> [String] {
    resource.relations.enumerated().flatMap { place, relation in
      relation.fields.enumerated().flatMap { index, field -> [String] in
        let values = Set(
          records.flatMap { $0.elements(ofRelation: place).compactMap { $0[index].map(Self.text) } }
        ).sorted()
        return field.operators.operators.flatMap { operation in
          Self.operands(operation, values).map {
            "\(Self.encode("\(relation.name).\(field.name)"))_\(operation.name)=\($0)"
          }
        }
      }
    }
  }

  private static func operands(_ operation: Operator, _ values: [String]) -> [String] {
    let encoded = values.map(encode)
    switch operation {
    case .exists, .jsonContains: return []
    default: break
    }
    switch operation.arity {
    case .none: return [""]
    case .flag: return ["true", "false"]
    case .list: return encoded.isEmpty ? [] : [encoded.joined(separator: ","), encoded[0]]
    case .two: return encoded.count < 2 ? [] : ["\(encoded[0])|\(encoded[1])"]
    case .one:
      guard operation.family == .pattern else { return encoded }
      // Without what is special in a pattern.
      return values.filter { !$0.contains("\\") }.map { encode(String($0.unicodeScalars.prefix(2))) }
    }
  }

  static func text(_ value: Value) -> String {
    switch value {
    case .text(let text), .uuid(let text), .enumeration(let text), .json(let text): text
    case .integer(let number): String(number)
    case .decimal(let number): number.text
    case .boolean(let flag): flag ? "true" : "false"
    case .date(let date): date.description
    case .timestamp(let instant): instant.description
    case .argument: "?"
    }
  }

  private static func encode(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      if (byte | 0x20) &- 97 < 26 || byte &- 48 < 10 || "-._".utf8.contains(byte) {
        bytes.append(byte)
      } else {
        bytes += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
