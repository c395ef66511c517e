import TamisModel

/// The JSON Schema of values: of operands as they are written, and of records.
struct ValueSchema {
  let limits: QueryLimits

  // MARK: In a query string

  /// One operand of a comparison.
  func operand(_ type: FieldType) -> WrittenJSON {
    switch type {
    case .text, .json: .members(["type": "string", "maxLength": .integer(limits.valueBytes)])
    case .integer:
      .members([
        "type": "integer", "format": "int64", "minimum": .number(String(Int64.min)),
        "maximum": .number(String(Int64.max)),
      ])
    case .bigInteger: .members(["type": "integer"])
    case .decimal: .members(["type": "number"])
    case .boolean: .members(["type": "boolean"])
    case .uuid: .members(["type": "string", "format": "uuid"])
    case .date: .members(["type": "string", "anyOf": .array(Self.dates)])
    case .timestamp: .members(["type": "string", "anyOf": .array(Self.instants + Self.dates)])
    case .enumeration(let enumeration):
      .members(["type": "string", "enum": .strings(enumeration.cases.map(\.name))])
    }
  }

  /// An operand that is to equal a value of the field, and so has the form that all its values have.
  func equal(_ field: Field) -> WrittenJSON { Self.formed(operand(field.type), field) }
  func bodyEqual(_ field: Field) -> WrittenJSON { Self.formed(bodyOperand(field.type), field) }

  private static func formed(_ schema: WrittenJSON, _ field: Field) -> WrittenJSON {
    guard let pattern = field.valuePattern, isPortable(pattern) else { return schema }
    return schema.adding("pattern", .string("^(?:\(pattern))$"))
  }

  /// Whether a pattern of PCRE2 means the same to JSON Schema: letters, digits, classes, groups and plain quantifiers.
  private static func isPortable(_ pattern: String) -> Bool {
    let bytes = Array(pattern.utf8)
    let isPlain = bytes.allSatisfy { byte in
      (byte | 0x20) &- 97 < 26 || byte &- 48 < 10 || "_-.,:@ |()[]{}*+?".utf8.contains(byte)
    }
    // Possessive and lazy quantifiers, groups with options, and named classes.
    return isPlain && !["++", "*+", "?+", "}+", "(?", "[:", "(*"].contains { pattern.contains($0) }
  }

  private static let dates: [WrittenJSON] = [
    .members(["format": "date"]),
    .members(["pattern": "^(?!0000)[0-9]{4}-(0[1-9]|1[0-2])$", "examples": ["2024-02"]]),
    .members(["pattern": "^(?!0000)[0-9]{4}$", "examples": ["2024"]]),
  ]

  private static let instants: [WrittenJSON] = [
    .members(["format": "date-time"]),
    .members([
      "pattern":
        "^[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3])(:[0-5][0-9](:[0-5][0-9](\\.[0-9]{1,6})?)?)?$",
      "examples": ["2024-02-01T10:30"],
    ]),
  ]

  /// A full instant, of parameters that need one.
  static let instant = WrittenJSON.members(["type": "string", "format": "date-time"])

  /// The operand of a pattern operator.
  func pattern(_ operation: Operator) -> WrittenJSON {
    let isLike = operation.name.hasSuffix("like")
    return .members([
      "type": "string", "maxLength": .integer(limits.patternBytes),
      // A backslash stands before a wildcard or another backslash.
      "pattern": isLike ? "^([^\\\\]|\\\\[%_\\\\])*$" : nil, "examples": isLike ? ["a%"] : ["a"],
    ])
  }

  /// `1..9` in one text.
  func dottedRange(_ type: FieldType) -> WrittenJSON {
    let (item, example): (String, WrittenJSON) =
      switch type {
      case .integer, .bigInteger: ("-?[0-9]+", "1..9")
      case .decimal: ("-?[0-9]+(\\.[0-9]+)?", "1..9.5")
      case .date: ("[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", "2024-01..2024-03-15")
      case .timestamp:
        ("[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9:.]+(Z|[+-][0-9]{2}:[0-9]{2})?)?)?)?", "2024-01..2024-03")
      case .text, .json, .boolean, .uuid, .enumeration: (".*", "a..z")
      }
    return .members([
      "type": "string", "pattern": .string("^\(item)\\.\\.\(item)$"), "examples": .array([example]),
    ])
  }

  func list(_ items: WrittenJSON, minimum: Int = 1) -> WrittenJSON {
    .members([
      "type": "array", "items": items, "minItems": .integer(minimum), "maxItems": .integer(limits.listItems),
    ])
  }

  static func pair(_ items: WrittenJSON) -> WrittenJSON {
    .members(["type": "array", "items": items, "minItems": 2, "maxItems": 2])
  }

  static func word(_ words: [String], default fallback: String? = nil) -> WrittenJSON {
    .members(["type": "string", "enum": .strings(words), "default": fallback.map(WrittenJSON.string)])
  }

  static func number(from minimum: Int, to maximum: Int?, default fallback: Int? = nil) -> WrittenJSON {
    .members([
      "type": "integer", "minimum": .integer(minimum), "maximum": maximum.map(WrittenJSON.integer),
      "default": fallback.map(WrittenJSON.integer),
    ])
  }

  // MARK: In a body

  /// One operand of a comparison in JSON: numbers of any size may be strings.
  func bodyOperand(_ type: FieldType) -> WrittenJSON {
    switch type {
    case .integer, .bigInteger:
      .members(["anyOf": .array([operand(type), Self.digits("^-?[0-9]+$", "12")])])
    case .decimal:
      .members(["anyOf": .array([operand(type), Self.digits("^-?[0-9]+(\\.[0-9]+)?$", "12.5")])])
    case .json: .members(["type": ["string", "number", "boolean"]])
    case .text, .boolean, .uuid, .date, .timestamp, .enumeration: operand(type)
    }
  }

  private static func digits(_ pattern: String, _ example: WrittenJSON) -> WrittenJSON {
    .members(["type": "string", "pattern": .string(pattern), "examples": .array([example])])
  }
}

extension WrittenJSON: ExpressibleByArrayLiteral {
  init(arrayLiteral items: WrittenJSON...) { self = .array(items) }
}

/// The schema of a record as it is answered.
enum RecordSchema {
  static func schema(of resource: Resource) -> WrittenJSON {
    let fields = resource.fields.filter { !$0.isHidden }
    return .members([
      "type": "object",
      "properties": .object(fields.map { WrittenJSON.Member(name: $0.name, value: value(of: $0)) }),
      "required": .strings(fields.filter(\.isSelectedByDefault).map(\.name)),
    ])
  }

  private static func value(of field: Field) -> WrittenJSON {
    switch field.type {
    case .text: scalar("string", field)
    case .integer: scalar("integer", field).adding("format", "int64")
    case .bigInteger: scalar("integer", field).adding("format", "bigint")
    case .decimal(_, let scale): scalar("number", field).adding("multipleOf", step(scale))
    case .boolean: scalar("boolean", field)
    case .uuid: scalar("string", field).adding("format", "uuid")
    case .date: scalar("string", field).adding("format", "date")
    case .timestamp: scalar("string", field).adding("format", "date-time")
    case .json: .members(["description": "Any JSON value."])
    case .enumeration(let enumeration):
      .members([
        "enum": .array(enumeration.cases.map { .string($0.name) } + (field.isNullable ? [.null] : []))
      ])
    }
  }

  private static func scalar(_ type: String, _ field: Field) -> WrittenJSON {
    .members(["type": field.isNullable ? .strings([type, "null"]) : .string(type)])
  }

  /// 0.01 for two digits after the point. Validators compute with binary numbers: a finer one would only mislead.
  private static func step(_ scale: Int) -> WrittenJSON? {
    switch scale {
    case 0: 1
    case 1...12: .number("0." + String(repeating: "0", count: scale - 1) + "1")
    default: nil
    }
  }
}
