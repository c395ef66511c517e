import Foundation
import TamisJSON
import TamisModel
import Testing

@testable import TamisResources

/// The schema's lists of names are the library's.
struct SchemaTests {
  private let document: JSONDocument

  init() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Sources/TamisResources/resource.schema.json")
    document = try JSONDocument.parse(Array(Data(contentsOf: file)), limits: QueryLimits())
  }

  private func names(_ path: String...) throws -> [String] {
    let place = try #require(document.value(at: path))
    return document.nodes[place].kind == .object
      ? document.members(of: place).map { document.string(at: $0.name) }
      : document.items(of: place).map { document.string(at: $0) }
  }

  @Test func listsAreComplete() throws {
    #expect(try names("$defs", "operator", "enum") == Operator.allCases.map(\.name))
    #expect(try names("properties", "dialect", "enum") == QueryDialect.allCases.map(\.rawValue))
    #expect(try names("properties", "limits", "properties") == LimitName.allCases.map(\.rawValue))
    #expect(
      try names("$defs", "field", "properties", "storage", "additionalProperties", "enum")
        == Storage.allCases.map(\.rawValue))
    #expect(
      try names("$defs", "comparison", "enum")
        == ConditionOperator.allCases.filter { $0.comparison != nil }.map(\.rawValue))
    #expect(try names("properties") == ResourceFileReader.members)
    #expect(try names("$defs", "field", "properties") == ResourceFileReader.fieldMembers)
    #expect(try names("$defs", "relation", "properties") == ResourceFileReader.relationMembers)
  }

  @Test func typesAreComplete() throws {
    let types = try #require(document.value(at: ["$defs", "type", "oneOf"]))
    let first = try #require(document.items(of: types).first)
    let names = try #require(document.member("enum", of: first))
    #expect(
      document.items(of: names).map { document.string(at: $0) } == PlainTypeName.allCases.map(\.rawValue))
  }
}
