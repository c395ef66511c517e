import TamisJSON

/// A JSON value that is being written: members keep their order, numbers their spelling.
enum WrittenJSON: Hashable, Sendable {
  struct Member: Hashable, Sendable {
    var name: String
    var value: WrittenJSON
  }

  case null
  case boolean(Bool)
  case number(String)
  case string(String)
  case array([WrittenJSON])
  case object([Member])

  static func integer(_ number: Int) -> WrittenJSON { .number(String(number)) }
  static func strings(_ texts: [String]) -> WrittenJSON { .array(texts.map(WrittenJSON.string)) }

  /// Members without those that have no value.
  static func members(_ members: KeyValuePairs<String, WrittenJSON?>) -> WrittenJSON {
    .object(members.compactMap { name, value in value.map { Member(name: name, value: $0) } })
  }

  func adding(_ name: String, _ value: WrittenJSON?) -> WrittenJSON {
    guard case .object(let members) = self, let value else { return self }
    return .object(members + [Member(name: name, value: value)])
  }
}

extension WrittenJSON: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral {
  init(stringLiteral text: String) { self = .string(text) }
  init(booleanLiteral flag: Bool) { self = .boolean(flag) }
  init(integerLiteral number: Int) { self = .integer(number) }
}
