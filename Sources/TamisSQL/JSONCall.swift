/// The spellings of one place inside a document, on engines whose functions read it.
struct JSONCall {
  private let functions: JSONFunctions
  private let document: String
  private let path: String

  /// A path that is bound.
  init(_ document: [UInt8], _ placeholders: [String], _ functions: JSONFunctions) {
    self.functions = functions
    self.document = String(decoding: document, as: UTF8.self)
    path = placeholders.joined(separator: ", ")
  }

  /// A path that the resource declares; nil for one that can not be spelled.
  init?(_ document: [UInt8], _ keys: [String], _ dialect: SQLDialect) {
    guard let functions = dialect.jsonFunctions, let steps = functions.path(keys) else { return nil }
    self.functions = functions
    self.document = String(decoding: document, as: UTF8.self)
    path = steps.map { String(decoding: SQLIdentifier.textLiteral($0.utf8, dialect), as: UTF8.self) }
      .joined(separator: ", ")
  }

  /// A document itself.
  init(_ document: String, _ functions: JSONFunctions) {
    self.functions = functions
    self.document = document
    path = Self.root(functions)
  }

  var kind: String { functions.kind(document, path) }

  private struct Branch {
    var kinds: [String]
    var value: String
  }

  private func byKind(_ branches: [Branch]) -> [UInt8] {
    var output = "CASE \(kind)"
    for branch in branches {
      for kind in branch.kinds { output += " WHEN \(kind) THEN \(branch.value)" }
    }
    return Array((output + " END").utf8)
  }

  var text: String { functions.text(document, path) }
  var digits: String { functions.number(document, path) }
  var characters: String { functions.string(document, path) }

  /// The frame of a test over its items.
  func anyItem(_ alias: String) -> JSONFunctions.ItemTest { functions.anyItem(document, path, alias) }

  var value: [UInt8] { Array(functions.value(document, path).utf8) }
  var string: [UInt8] { byKind([stringBranch]) }
  var number: [UInt8] { byKind([numberBranch]) }
  var integer: [UInt8] {
    byKind([Branch(kinds: functions.kinds.integers, value: functions.integer(document, path))])
  }
  var boolean: [UInt8] {
    byKind([Branch(kinds: [functions.kinds.boolean], value: functions.truth(document, path))])
  }

  /// The text of a string, and the canonical text of a number or boolean.
  var canonicalText: [UInt8] {
    let truth = "CASE WHEN \(functions.truth(document, path)) THEN 'true' ELSE 'false' END"
    return byKind([
      stringBranch, numberBranch, Branch(kinds: [functions.kinds.boolean], value: truth),
    ])
  }

  private var stringBranch: Branch {
    Branch(kinds: [functions.kinds.string], value: functions.string(document, path))
  }

  private var numberBranch: Branch {
    Branch(kinds: functions.kinds.numbers, value: functions.number(document, path))
  }

  /// Null when the value is missing or JSON null.
  var nullable: [UInt8] { Array("NULLIF(\(kind), \(functions.kinds.null))".utf8) }

  /// The array's objects, or the object itself.
  func elements(_ isOne: Bool, _ name: String) -> RelationRows {
    switch functions.elements {
    case .rows(let items, let object):
      let rows = isOne ? object(document, path, name) : items(document, path, name)
      return .correlated(" FROM \(rows) WHERE \(isObject(name + ".value")) AND (")
    case .arrays(let arrays):
      let items = isOne ? arrays.object(document, path) : arrays.items(document, path)
      let objects = arrays.filter(items, name).around(isObject(name))
      return .array(any: arrays.any(objects, name), count: arrays.count(objects, name))
    }
  }

  private func isObject(_ document: String) -> String {
    "\(functions.kind(document, Self.root(functions))) = \(functions.kinds.object)"
  }

  private static func root(_ functions: JSONFunctions) -> String {
    (functions.path([]) ?? []).map { "'\($0)'" }.joined(separator: ", ")
  }
}
