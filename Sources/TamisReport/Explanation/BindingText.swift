package import TamisJSON
import TamisModel
package import TamisSQL

/// A statement's binding, ready to show: its type, and its value as JSON.
package struct BindingText {
  package let type: String
  package let json: [UInt8]

  package init(_ binding: SQLBinding) {
    type = binding.type
    var writer = JSONWriter()
    Self.write(binding, to: &writer)
    json = writer.bytes
  }

  /// For people: JSON with everything but printable ASCII escaped.
  package var shown: String { Escaping.text(String(decoding: json, as: UTF8.self)) }

  /// Numbers of any size are strings, so that no reader rounds them.
  private static func write(_ binding: SQLBinding, to writer: inout JSONWriter) {
    switch binding {
    case .null: writer.null()
    case .integer(let number): writer.integer(number)
    case .boolean(let flag): writer.boolean(flag)
    case .text(let text), .decimal(let text), .uuid(let text), .json(let text): writer.string(text)
    case .timestamp(let microseconds): writer.string(Timestamp(microseconds: microseconds).description)
    case .date(let days): writer.string(CalendarDate(daysSinceEpoch: days).description)
    case .bytes(let bytes): writer.string(hexadecimal(bytes))
    case .array(let items):
      writer.beginArray()
      for item in items { write(item, to: &writer) }
      writer.endArray()
    }
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  package static func write(_ bindings: [BindingText], to writer: inout JSONWriter) {
    writer.beginArray()
    for binding in bindings {
      writer.beginObject()
      writer.name("type")
      writer.string(binding.type)
      writer.name("value")
      writer.raw(binding.json)
      writer.endObject()
    }
    writer.endArray()
  }
}
