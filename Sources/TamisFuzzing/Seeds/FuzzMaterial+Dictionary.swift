import TamisModel
import TamisPlanner
import TamisSyntax
import TamisTesting

extension FuzzMaterial {
  /// The target's words, one a line, as libFuzzer reads them: made from the tables that spell something, so that a
  /// new operator or field is in it by itself.
  public func dictionary(for target: FuzzTarget) -> String {
    var seen: Set<String> = []
    let words = words(target).filter {
      (1...Self.longest).contains($0.utf8.count) && seen.insert($0).inserted
    }
    return words.map { Self.line($0) + "\n" }.joined()
  }

  /// Longer words are refused by libFuzzer.
  private static let longest = 60

  private func words(_ target: FuzzTarget) -> [String] {
    switch target {
    case .resource: Self.memberNames(files.map { Array($0[1...]) }).map { "\"\($0)\":" } + Self.names
    case .body: Self.operators(.body) + Self.escapes + bodyKeys + Self.names + values.prefix(60)
    case .parse, .roundtrip, .emit, .cursor: requestWords
    #if CommandLine
      case .equivalence: requestWords
    #endif
    }
  }

  private var requestWords: [String] {
    Self.urlOperators + Self.reserved + bodyKeys + Self.names + values.prefix(120)
  }

  // MARK: Spellings

  private static var urlOperators: [String] {
    operators(.suffix).map { "_\($0)=" } + operators(.bracket).map { "[\($0)]=" }
      + operators(.jsonAPI).map { "][\($0)]=" }
      + operators(.jsonAPIKeys).flatMap { ["-\($0)]=", "-\($0)-or]="] }
  }

  private static func operators(_ spelling: ParsedSpelling) -> [String] {
    OperatorSpellings.of(spelling).names
  }

  private static var reserved: [String] {
    ReservedName.allCases.flatMap { ["\($0.rawValue)=", "\($0.rawValue)["] }
      + ["%25", "%2C", "%26", "%00", "&", "][", "]=", "[]="]
  }

  /// Of JSON's strings.
  private static let escapes = [
    #"\""#, #"\\"#, #"\/"#, #"\b"#, #"\f"#, #"\n"#, #"\r"#, #"\t"#, #"\u00e9"#, #"\ud83d\ude00"#,
  ]

  /// Keys of the bodies that are at hand.
  private var bodyKeys: [String] {
    Self.memberNames(requests.filter { $0.dialect == .body }.map(\.text)).map { "\"\($0)\":" }
  }

  private static func memberNames(_ texts: [[UInt8]]) -> [String] {
    var names: Set<String> = []
    for text in texts { JSONTree(parsing: String(decoding: text, as: UTF8.self))?.collectNames(into: &names) }
    return names.sorted()
  }

  // MARK: Names

  /// Of fields, relations, parameters and cases, of every resource.
  private static var names: [String] {
    FuzzRegistry.grounds.flatMap { ground in
      let resource = ground.resource
      return names(resource.fields) + names(resource.relations) + resource.parameters.map(\.name)
    }
  }

  private static func names(_ relations: [Relation]) -> [String] {
    relations.flatMap { [$0.name, "\($0.name)."] + names($0.fields) + names($0.relations) }
  }

  private static func names(_ fields: [Field]) -> [String] {
    fields.flatMap { field -> [String] in
      guard case .enumeration(let enumeration) = field.type else { return [field.name] }
      return [field.name] + enumeration.cases.map(\.name)
    }
  }

  /// What is not plain is escaped.
  private static func line(_ word: String) -> String {
    let escaped = word.utf8.map { byte -> String in
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): "\\" + String(Unicode.Scalar(byte))
      case 0x20..<0x7F: String(Unicode.Scalar(byte))
      default: "\\x" + String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
      }
    }
    return "\"" + escaped.joined() + "\""
  }
}

extension JSONTree {
  fileprivate func collectNames(into names: inout Set<String>) {
    switch self {
    case .object(let members):
      for member in members {
        names.insert(member.name)
        member.value.collectNames(into: &names)
      }
    case .array(let items): for item in items { item.collectNames(into: &names) }
    case .null, .boolean, .number, .string: break
    }
  }
}
