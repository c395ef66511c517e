import TamisJSON

/// Lays a JSON value out for people: what fits a line stands on one, the rest is indented by two.
struct JSONLayout {
  private static let width = 100
  private var output: [UInt8] = []

  static func text(_ value: WrittenJSON) -> String {
    var layout = JSONLayout()
    layout.write(value, indentation: 0, column: 0)
    return String(decoding: layout.output, as: UTF8.self) + "\n"
  }

  /// Recursion is as deep as the value, which is a resource's or a document's of ours.
  private mutating func write(_ value: WrittenJSON, indentation: Int, column: Int) {
    var room = Self.width - column
    if Self.fits(value, &room) { return flat(value) }
    switch value {
    case .null, .boolean, .number, .string: flat(value)
    case .array(let items):
      block("[", "]", items.count, indentation) { layout, index in
        layout.write(items[index], indentation: indentation + 2, column: indentation + 2)
      }
    case .object(let members):
      block("{", "}", members.count, indentation) { layout, index in
        let start = layout.output.count
        layout.name(members[index].name)
        let column = indentation + 2 + layout.output.count - start
        layout.write(members[index].value, indentation: indentation + 2, column: column)
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

  /// Whether a value stands on one line of so many columns, less two for what follows; what it takes is taken off.
  /// Looks no further than that, so that the whole stays linear.
  private static func fits(_ value: WrittenJSON, _ room: inout Int) -> Bool {
    switch value {
    case .null, .boolean: room -= 5
    case .number(let text): room -= text.utf8.count
    case .string(let text): room -= text.utf8.count + 2
    case .array(let items):
      room -= 2
      for item in items {
        room -= 2
        if room < 0 || !fits(item, &room) { return false }
      }
    case .object(let members):
      room -= 2
      for member in members {
        room -= member.name.utf8.count + 6
        if room < 0 || !fits(member.value, &room) { return false }
      }
    }
    return room >= 0
  }

  /// On one line, with blanks after colons and commas.
  private mutating func flat(_ value: WrittenJSON) {
    switch value {
    case .null: output += "null".utf8
    case .boolean(let flag): output += (flag ? "true" : "false").utf8
    case .number(let text): output += text.utf8
    case .string(let text): string(text)
    case .array(let items):
      output += "[".utf8
      for (index, item) in items.enumerated() {
        if index > 0 { output += ", ".utf8 }
        flat(item)
      }
      output += "]".utf8
    case .object(let members):
      output += "{".utf8
      for (index, member) in members.enumerated() {
        if index > 0 { output += ", ".utf8 }
        name(member.name)
        flat(member.value)
      }
      output += "}".utf8
    }
  }

  private mutating func name(_ text: String) {
    string(text)
    output += ": ".utf8
  }

  private mutating func string(_ text: String) {
    var writer = JSONWriter()
    writer.string(text)
    output += writer.bytes
  }
}
