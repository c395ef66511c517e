import TamisModel
import TamisPlanner
import TamisSyntax

/// How one URL dialect writes the name of a criterion; the preferred spelling where it has several.
struct FilterSpelling {
  enum Ranges {
    case comma, bars, dots
  }

  let dialect: QueryDialect
  let fieldNames: [String]
  private let spellings: OperatorSpellings

  init(dialect: QueryDialect, fieldNames: [String]) {
    self.dialect = dialect
    self.fieldNames = fieldNames
    spellings =
      switch dialect {
      case .jsonAPI: .of(.jsonAPI)
      case .jsonAPIKeys: .of(.jsonAPIKeys)
      case .suffix: .of(.suffix)
      case .bracket, .mixed, .body: .of(.bracket)
      }
  }

  var ranges: Ranges {
    switch dialect {
    case .jsonAPI, .jsonAPIKeys, .body: .comma
    case .suffix: .bars
    case .bracket, .mixed: .dots
    }
  }

  /// `type[]=a&type[]=b`, rather than `type[in]=a,b`.
  func repeatsItems(_ operation: Operator, _ field: Field) -> Bool {
    (dialect == .bracket || dialect == .mixed) && operation == .isIn && field.operators.contains(.equal)
  }

  /// A list of one is no list for `-notin`.
  func shortestList(_ operation: Operator) -> Int {
    dialect == .jsonAPIKeys && operation == .isNotIn ? 2 : 1
  }

  /// Nil where the dialect can not say it.
  func name(_ operation: Operator, _ name: String, _ field: Field) -> String? {
    if operation == .exists {
      return dialect == .bracket || dialect == .mixed ? "exists[\(name)]" : nil
    }
    guard spellings.operators.contains(operation) else { return nil }
    let word = word(operation, field.type)
    switch dialect {
    // A list that is allowed is `filter[f]=a,b`, which equality describes.
    case .jsonAPI: return operation == .equal ? "filter[\(name)]" : "filter[\(name)][\(word)]"
    case .jsonAPIKeys: return operation == .equal ? "filter[\(name)]" : "filter[\(name)-\(word)]"
    case .suffix: return isReadOtherwise(name + "_" + word, name) ? nil : "\(name)_\(word)"
    case .bracket, .mixed, .body:
      if repeatsItems(operation, field) { return name + "[]" }
      let isPlain = operation == .equal && !(dialect == .mixed && isReadOtherwise(name, nil))
      return isPlain ? name : "\(name)[\(word)]"
    }
  }

  /// The words for dates are those of dates; for all else the short names.
  private func word(_ operation: Operator, _ type: FieldType) -> String {
    switch type {
    case .date, .timestamp: spellings.name(of: operation)
    case .text, .integer, .bigInteger, .decimal, .boolean, .uuid, .enumeration, .json: operation.name
    }
  }

  /// Whether another field's name and an operator make the same text.
  private func isReadOtherwise(_ text: String, _ name: String?) -> Bool {
    let operators = OperatorSpellings.of(.suffix)
    return fieldNames.contains { other in
      guard other != name, text.hasPrefix(other + "_") else { return false }
      let rest = Array(text.utf8.dropFirst(other.utf8.count + 1))
      return operators.operation(rest, 0..<rest.count) != nil
    }
  }
}

/// Names with a key in them, as regular expressions.
enum KeyPattern {
  /// Stands for the key until the name is complete.
  static let mark = "\u{1}"

  static func expression(_ name: String, levels: Int) -> String {
    let key = "[A-Za-z][A-Za-z0-9_]*"
    let keys = levels > 1 ? "\(key)(\\.\(key)){0,\(levels - 1)}" : key
    var text = "^"
    for scalar in name.unicodeScalars {
      if String(scalar) == mark {
        text += keys
      } else {
        if "\\^$.|?*+()[]{}/".unicodeScalars.contains(scalar) { text += "\\" }
        text.unicodeScalars.append(scalar)
      }
    }
    return text + "$"
  }
}

/// The page's parameters, each with its bounds.
enum PageParameters {
  static func list(_ paging: Paging, _ dialect: QueryDialect) -> [(name: String, schema: WrittenJSON)] {
    settings(paging).compactMap { setting in name(setting.kind, dialect).map { ($0, setting.schema) } }
  }

  enum Kind {
    case number, size, limit, offset, cursorSize, after, before
  }

  private static func settings(_ paging: Paging) -> [(kind: Kind, schema: WrittenJSON)] {
    switch paging {
    case .limitOffset(let limit, let maximum):
      [
        (.limit, ValueSchema.number(from: 1, to: maximum, default: limit)),
        (.offset, ValueSchema.number(from: 0, to: nil, default: 0)),
      ]
    case .pages(let size, let maximum):
      [(.number, ValueSchema.number(from: 1, to: Int.max / Swift.max(maximum ?? size, 1), default: 1))]
        + (maximum.map { [(.size, ValueSchema.number(from: 1, to: $0, default: size))] } ?? [])
    case .cursor(let limit, let maximum):
      [
        (.cursorSize, ValueSchema.number(from: 1, to: maximum, default: limit)),
        (.after, cursor("What an earlier answer gave for the next page.")),
        (.before, cursor("What an earlier answer gave for the page before.")),
      ]
    }
  }

  private static func cursor(_ description: String) -> WrittenJSON {
    .members(["type": "string", "description": .string(description)])
  }

  /// Nil where the dialect has no word for it. Outside JSON:API a cursor knows its own direction.
  private static func name(_ kind: Kind, _ dialect: QueryDialect) -> String? {
    switch kind {
    case .number:
      name(dialect, jsonAPI: "page[number]", suffix: nil, bracket: "page", mixed: "page", body: "page")
    case .size:
      name(
        dialect, jsonAPI: "page[size]", suffix: nil, bracket: "itemsPerPage", mixed: "itemsPerPage",
        body: "size")
    case .limit:
      name(dialect, jsonAPI: "page[limit]", suffix: "limit", bracket: nil, mixed: "limit", body: "limit")
    case .offset:
      name(dialect, jsonAPI: "page[offset]", suffix: "offset", bracket: nil, mixed: "offset", body: "offset")
    case .cursorSize:
      name(
        dialect, jsonAPI: "page[size]", suffix: "limit", bracket: "itemsPerPage", mixed: "limit",
        body: "limit")
    case .after:
      name(
        dialect, jsonAPI: "page[after]", suffix: "cursor", bracket: "cursor", mixed: "cursor", body: "cursor")
    case .before:
      name(dialect, jsonAPI: "page[before]", suffix: nil, bracket: nil, mixed: nil, body: nil)
    }
  }

  private static func name(
    _ dialect: QueryDialect, jsonAPI: String, suffix: String?, bracket: String?, mixed: String?, body: String?
  ) -> String? {
    switch dialect {
    case .jsonAPI, .jsonAPIKeys: jsonAPI
    case .suffix: suffix
    case .bracket: bracket
    case .mixed: mixed
    case .body: body
    }
  }
}
