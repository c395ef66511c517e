public import TamisModel

/// What a resource's list endpoint accepts, as OpenAPI 3.1: every parameter that a client may send, with its schema
/// and its meaning; for JSON bodies the schema of the body.
///
///     OpenAPIDocument(resource: balances).text
///
/// One spelling is described for each field and operator, the preferred one of the query dialect.
public struct OpenAPIDocument: Sendable {
  private let resource: Resource
  private let dialect: QueryDialect
  private let path: String

  /// - Parameters:
  ///   - dialect: how requests are spelled; the resource's own dialect when nil.
  ///   - path: the endpoint's path, such as `/api/balances`; the resource's name when nil.
  public init(resource: Resource, dialect: QueryDialect? = nil, path: String? = nil) {
    self.resource = resource
    self.dialect = dialect ?? resource.dialect
    self.path = path ?? "/" + resource.name
  }

  /// A complete document with this one endpoint.
  public var text: String { JSONLayout.text(document) }

  /// The endpoint's array of parameters, to be put into a document of your own. Empty for JSON bodies.
  public var parametersText: String { JSONLayout.text(.array(parameters.map(\.json))) }

  var parameters: [DocumentedParameter] {
    dialect == .body ? [] : ParameterList(resource: resource, dialect: dialect).parameters()
  }

  var document: WrittenJSON {
    .members([
      "openapi": "3.1.0",
      "info": .members(["title": .string(resource.name), "version": "1"]),
      "paths": .object([WrittenJSON.Member(name: path, value: pathItem)]),
      "components": .members(["schemas": .object(schemas)]),
    ])
  }

  private var pathItem: WrittenJSON {
    .members([dialect == .body ? "post" : "get": operation])
  }

  private var operation: WrittenJSON {
    .members([
      "operationId": "list",
      "summary": .string("The \(resource.name) that a filter selects, page by page."),
      "description": .string(summary),
      "parameters": dialect == .body ? nil : .array(parameters.map(\.json)),
      "requestBody": dialect == .body ? Self.content("Filter, order and page.", "Request") : nil,
      "responses": .members([
        "200": Self.response("The records of the page, in order."),
        "400": .members([
          "description": "The request is refused; every part of it that is wrong is listed with its place."
        ]),
      ]),
    ])
  }

  private static func content(_ description: String, _ schema: String) -> WrittenJSON {
    .members([
      "description": .string(description),
      "content": .members(["application/json": .members(["schema": reference(schema)])]),
    ])
  }

  private static func response(_ description: String) -> WrittenJSON {
    .members([
      "description": .string(description),
      "content": .members([
        "application/json": .members([
          "schema": .members(["type": "array", "items": reference("Record")])
        ])
      ]),
    ])
  }

  static func reference(_ schema: String) -> WrittenJSON {
    .members(["$ref": .string("#/components/schemas/" + schema)])
  }

  private var schemas: [WrittenJSON.Member] {
    [WrittenJSON.Member(name: "Record", value: RecordSchema.schema(of: resource))]
      + (dialect == .body ? BodySchema(resource: resource).schemas() : [])
  }

  // MARK: Words

  private var summary: String {
    var sentences = ["Criteria are ANDed."]
    switch dialect {
    case .jsonAPIKeys:
      sentences = [
        "Criteria form one chain: a key that ends in `-or` is ORed to what comes before it, every other is ANDed; "
          + "AND binds tighter."
      ]
    case .suffix, .mixed: sentences = ["Criteria are ANDed, or ORed with `logical_operator=or`."]
    case .jsonAPI, .bracket, .body: break
    }
    if resource.readsGroups, dialect != .body {
      sentences.append("Criteria may stand in groups, such as `\(group)`.")
    }
    sentences.append("Null satisfies no comparison, also no `ne`.")
    sentences.append("Without an order, records come by \(order).")
    return sentences.joined(separator: " ")
  }

  private var group: String {
    switch dialect {
    case .jsonAPI, .jsonAPIKeys: "filter[or][0][…]"
    case .suffix: "or[0][…_eq]"
    case .bracket, .mixed, .body: "or[0][…]"
    }
  }

  private var order: String {
    let keys = resource.resolvedDefaultSort.map { key in
      resource.field(key.field).name + (key.direction == .descending ? " (descending)" : "")
    }
    return keys.joined(separator: ", ")
  }
}

/// One parameter of a query string.
struct DocumentedParameter: Sendable {
  /// How a list is written.
  enum Style: Sendable {
    /// One value.
    case plain
    /// `a,b`
    case commas
    /// `a|b`
    case bars
    /// `name=a&name=b`
    case repeated
    /// The members of an object, each a parameter of its own.
    case members
  }

  var name: String
  var schema: WrittenJSON
  var style = Style.plain
  var description: String?
  var isRequired = false
  var example: WrittenJSON?

  var json: WrittenJSON {
    let (style, explode): (WrittenJSON?, WrittenJSON?) =
      switch style {
      case .plain: (nil, nil)
      case .commas: ("form", false)
      case .bars: ("pipeDelimited", false)
      case .repeated, .members: ("form", true)
      }
    return .members([
      "name": .string(name), "in": "query", "required": isRequired ? true : nil,
      "description": description.map(WrittenJSON.string), "style": style, "explode": explode,
      "schema": schema, "example": example,
    ])
  }
}
