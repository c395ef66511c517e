import TamisJSON
import TamisModel

/// JSON documents as they are stored: without blanks, strings escaped as little as possible, numbers as plain
/// canonical decimals, so that equal numbers are equal text.
enum CanonicalJSON {
  private static let limits: QueryLimits = {
    var limits = QueryLimits()
    limits.bodyBytes = 1 << 28
    limits.queryBytes = 1 << 28
    limits.valueBytes = 1 << 28
    limits.listItems = 1 << 28
    limits.depth = 200
    return limits
  }()

  /// Nil when it is not JSON, or holds a number of more digits than can be expanded.
  static func parse(_ text: some Sequence<UInt8>) -> JSONDocument? {
    do throws(QueryError) {
      return try JSONDocument.parse(Array(text), limits: limits)
    } catch {
      return nil
    }
  }

  static func text(_ text: String) -> String? {
    guard let document = parse(text.utf8), let bytes = bytes(document, 0) else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  static func bytes(_ document: JSONDocument, _ index: Int) -> [UInt8]? {
    var writer = JSONWriter()
    return write(document, index, &writer) ? writer.bytes : nil
  }

  static func number(_ document: JSONDocument, _ index: Int) -> [UInt8]? {
    let range = document.nodes[index].range
    var output: [UInt8] = []
    let outcome = DecimalText.canonicalise(document.text, range, into: &output, digitLimit: 100_000)
    return outcome == .number ? output : nil
  }

  /// Recursion is bounded by the depth limit of parsing.
  private static func write(_ document: JSONDocument, _ index: Int, _ writer: inout JSONWriter) -> Bool {
    switch document.nodes[index].kind {
    case .null: writer.null()
    case .true: writer.boolean(true)
    case .false: writer.boolean(false)
    case .number:
      guard let number = number(document, index) else { return false }
      writer.number(number)
    case .string: writer.string(document.bytes(of: index))
    case .array:
      writer.beginArray()
      for item in document.items(of: index) where !write(document, item, &writer) { return false }
      writer.endArray()
    case .object:
      writer.beginObject()
      for member in document.members(of: index) {
        writer.name(document.bytes(of: member.name))
        guard write(document, member.value, &writer) else { return false }
      }
      writer.endObject()
    }
    return true
  }
}

/// A document under composition.
indirect enum DocumentTree {
  case empty
  case members([(name: String, value: DocumentTree)])
  /// Finished JSON.
  case value([UInt8])

  /// Nil for nothing at all.
  var text: String? {
    bytes.map { String(decoding: $0, as: UTF8.self) }
  }

  private var bytes: [UInt8]? {
    switch self {
    case .empty: return nil
    case .value(let json): return json
    case .members(let members):
      var writer = JSONWriter()
      writer.beginObject()
      for member in members {
        guard let json = member.value.bytes else { continue }
        writer.name(member.name)
        writer.raw(json)
      }
      writer.endObject()
      return writer.bytes
    }
  }

  /// Puts a value at a path; what stands in the way and is not an object is replaced by one.
  mutating func set(_ json: [UInt8], at path: ArraySlice<String>) {
    guard let name = path.first else {
      self = .value(json)
      return
    }
    var members = openedMembers
    if let index = members.firstIndex(where: { $0.name == name }) {
      members[index].value.set(json, at: path.dropFirst())
    } else {
      var inner = DocumentTree.empty
      inner.set(json, at: path.dropFirst())
      members.append((name, inner))
    }
    self = .members(members)
  }

  private var openedMembers: [(name: String, value: DocumentTree)] {
    switch self {
    case .empty: return []
    case .members(let members): return members
    case .value(let json):
      guard let document = CanonicalJSON.parse(json) else { return [] }
      return document.members(of: 0).map {
        (document.string(at: $0.name), .value(CanonicalJSON.bytes(document, $0.value) ?? Array("null".utf8)))
      }
    }
  }
}
