import TamisJSON

/// Lays a JSON value out for people: what fits a line stands on one, the rest is indented by two.
struct JSONLayout {
  private static let width = 100
  private var output: [UInt8] = []

  static func text(_ value: JSONValue) -> String {
    var layout = JSONLayout()
    layout.write(value, indentation: 0, column: 0)
    return String(decoding: layout.output, as: UTF8.self) + "\n"
  }

  /// Recursion is as deep as the value, which is a resource's or a document's of ours.
  private mutating func write(_ value: JSONValue, indentation: Int, column: Int) {
    switch value {
    case .null, .boolean, .number, .string: output += Self.flat(value)
    case .array(let items):
      let line = Self.flat(value)
      if items.isEmpty || column + line.count < Self.width {
        output += line
        return
      }
      block("[", "]", items.count, indentation) { layout, index in
        layout.write(items[index], indentation: indentation + 2, column: indentation + 2)
      }
    case .object(let members):
      let line = Self.flat(value)
      if members.isEmpty || column + line.count < Self.width {
        output += line
        return
      }
      block("{", "}", members.count, indentation) { layout, index in
        let name = Self.flat(.string(members[index].name)) + Array(": ".utf8)
        layout.output += name
        layout.write(
          members[index].value, indentation: indentation + 2, column: indentation + 2 + name.count)
      }
    }
  }

  private mutating func block(
    _ open: String, _ close: String, _ count: Int, _ indentation: Int, _ item: (inout JSONLayout, Int) -> Void
  ) {
    output += open.utf8
    for index in 0..<count {
      newLine(indentation + 2)
      item(&self, index)
      if index < count - 1 { output += ",".utf8 }
    }
    newLine(indentation)
    output += close.utf8
  }

  private mutating func newLine(_ indentation: Int) {
    output += "\n".utf8
    output += repeatElement(UInt8(ascii: " "), count: indentation)
  }

  /// On one line, with blanks after colons and commas.
  private static func flat(_ value: JSONValue) -> [UInt8] {
    switch value {
    case .null: return Array("null".utf8)
    case .boolean(let flag): return Array((flag ? "true" : "false").utf8)
    case .number(let text): return Array(text.utf8)
    case .string(let text):
      var writer = JSONWriter()
      writer.string(text)
      return writer.bytes
    case .array(let items): return enclosed("[", items.map(flat), "]")
    case .object(let members):
      return enclosed("{", members.map { flat(.string($0.name)) + Array(": ".utf8) + flat($0.value) }, "}")
    }
  }

  private static func enclosed(_ open: String, _ parts: [[UInt8]], _ close: String) -> [UInt8] {
    Array(open.utf8) + parts.joined(separator: Array(", ".utf8)) + Array(close.utf8)
  }
}
