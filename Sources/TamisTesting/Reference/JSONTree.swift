/// A JSON value as a plain tree, read and written without the library's own JSON code.
public indirect enum JSONTree: Hashable, Sendable {
  case null
  case boolean(Bool)
  /// The number as it is spelled.
  case number(String)
  case string(String)
  case array([JSONTree])
  case object([Member])

  public struct Member: Hashable, Sendable {
    public var name: String
    public var value: JSONTree

    public init(_ name: String, _ value: JSONTree) {
      self.name = name
      self.value = value
    }
  }

  /// The member of an object; nil for other values, and where there is none. Names are equal scalar by scalar.
  public subscript(name: String) -> JSONTree? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name.unicodeScalars.elementsEqual(name.unicodeScalars) }?.value
  }

  /// Follows members only; arrays have no members.
  public func value(at path: [String]) -> JSONTree? {
    path.reduce(Optional(self)) { $0?[$1] }
  }

  /// Sets a member at a path, making the objects on the way.
  public mutating func set(_ value: JSONTree, at path: [String]) {
    guard let name = path.first else {
      self = value
      return
    }
    var members: [Member] = []
    if case .object(let present) = self { members = present }
    let index = members.firstIndex { $0.name == name } ?? members.endIndex
    if index == members.endIndex { members.append(Member(name, .null)) }
    members[index].value.set(value, at: Array(path.dropFirst()))
    self = .object(members)
  }
}

extension JSONTree: CustomStringConvertible {
  /// Minified.
  public var description: String {
    switch self {
    case .null: "null"
    case .boolean(let flag): flag ? "true" : "false"
    case .number(let text): text
    case .string(let text): Self.quote(text)
    case .array(let items): "[" + items.map(\.description).joined(separator: ",") + "]"
    case .object(let members):
      "{" + members.map { Self.quote($0.name) + ":" + $0.value.description }.joined(separator: ",") + "}"
    }
  }

  private static func quote(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\u{0}"..<" ":
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}

extension JSONTree {
  /// Reads JSON by recursive descent over scalars; nil when the text is not one JSON value.
  public init?(parsing text: String) {
    var reader = JSONTreeReader(scalars: Array(text.unicodeScalars))
    guard let tree = reader.value(), reader.isAtEnd else { return nil }
    self = tree
  }
}

private struct JSONTreeReader {
  let scalars: [Unicode.Scalar]
  var index = 0

  init(scalars: [Unicode.Scalar]) {
    self.scalars = scalars
  }

  var isAtEnd: Bool { index == scalars.count }

  mutating func value() -> JSONTree? {
    skipBlanks()
    defer { skipBlanks() }
    guard index < scalars.count else { return nil }
    switch scalars[index] {
    case "{": return object()
    case "[": return array()
    case "\"": return string().map(JSONTree.string)
    case "t": return word("true", .boolean(true))
    case "f": return word("false", .boolean(false))
    case "n": return word("null", .null)
    default: return number()
    }
  }

  private mutating func object() -> JSONTree? {
    index += 1
    var members: [JSONTree.Member] = []
    skipBlanks()
    if accept("}") { return .object([]) }
    repeat {
      skipBlanks()
      guard let name = string() else { return nil }
      skipBlanks()
      guard accept(":"), let value = value() else { return nil }
      members.append(JSONTree.Member(name, value))
    } while accept(",")
    return accept("}") ? .object(members) : nil
  }

  private mutating func array() -> JSONTree? {
    index += 1
    var items: [JSONTree] = []
    skipBlanks()
    if accept("]") { return .array([]) }
    repeat {
      guard let item = value() else { return nil }
      items.append(item)
    } while accept(",")
    return accept("]") ? .array(items) : nil
  }

  private mutating func string() -> String? {
    guard accept("\"") else { return nil }
    var text = String.UnicodeScalarView()
    while index < scalars.count {
      let scalar = scalars[index]
      index += 1
      if scalar == "\"" { return String(text) }
      if scalar != "\\" {
        text.append(scalar)
      } else if let escaped = escape() {
        text.append(escaped)
      } else {
        return nil
      }
    }
    return nil
  }

  private mutating func escape() -> Unicode.Scalar? {
    guard index < scalars.count else { return nil }
    let scalar = scalars[index]
    index += 1
    switch scalar {
    case "n": return "\n"
    case "t": return "\t"
    case "r": return "\r"
    case "b": return "\u{8}"
    case "f": return "\u{c}"
    case "\"", "\\", "/": return scalar
    case "u": return unicodeEscape()
    default: return nil
    }
  }

  private mutating func unicodeEscape() -> Unicode.Scalar? {
    guard let first = fourDigits() else { return nil }
    guard (0xD800..<0xDC00).contains(first) else { return Unicode.Scalar(first) }
    guard accept("\\"), accept("u"), let second = fourDigits(), (0xDC00..<0xE000).contains(second) else {
      return nil
    }
    return Unicode.Scalar(0x10000 + (first - 0xD800) * 0x400 + (second - 0xDC00))
  }

  private mutating func fourDigits() -> UInt32? {
    guard index + 4 <= scalars.count else { return nil }
    defer { index += 4 }
    return UInt32(String(String.UnicodeScalarView(scalars[index..<index + 4])), radix: 16)
  }

  private mutating func number() -> JSONTree? {
    let start = index
    while index < scalars.count, "+-.eE0123456789".unicodeScalars.contains(scalars[index]) { index += 1 }
    let text = String(String.UnicodeScalarView(scalars[start..<index]))
    return ReferenceNumber(text) == nil ? nil : .number(text)
  }

  private mutating func word(_ word: String, _ value: JSONTree) -> JSONTree? {
    for scalar in word.unicodeScalars {
      guard accept(scalar) else { return nil }
    }
    return value
  }

  private mutating func accept(_ scalar: Unicode.Scalar) -> Bool {
    guard index < scalars.count, scalars[index] == scalar else { return false }
    index += 1
    return true
  }

  private mutating func skipBlanks() {
    while index < scalars.count, " \t\r\n".unicodeScalars.contains(scalars[index]) { index += 1 }
  }
}
