#if CommandLine
  import TamisCatalog
  import TamisModel

  /// `tamis resources`: the built-in resources, each with its dialect and fields.
  enum ResourceList {
    static func write(to output: Output) throws(CommandFailure) {
      for (index, entry) in Catalog.all.enumerated() {
        if index > 0 { try output.write("\n") }
        try output.write("\(entry.name)  (\(entry.resource.dialect.rawValue))\n")
        try output.write(text(entry.resource))
      }
    }

    private static func text(_ resource: Resource) -> String {
      let fields = resource.fields.filter { !$0.isHidden }
        .map { ($0.name, describe($0)) }
      let elements = resource.relationEntries.filter { !$0.isHidden }.flatMap { entry in
        entry.relation.fields.map { ("\(entry.name).\($0.name)", describe($0)) }
      }
      let parameters = resource.parameters.map {
        ($0.name, "parameter" + ($0.isRequired ? ", required" : ""))
      }
      let rows = fields + elements + parameters
      let width = rows.map(\.0.utf8.count).max() ?? 0
      return rows.map { name, facts in
        "  \(name)\(String(repeating: " ", count: width - name.utf8.count))  \(facts)\n"
      }.joined()
    }

    private static func describe(_ field: Field) -> String {
      var facts = [noun(field.type)]
      if field.isPrimaryKey { facts.append("key") }
      if field.isNullable { facts.append("nullable") }
      if field.isSortable { facts.append("sortable") }
      if field.operators == .none { facts.append("not filterable") }
      return facts.joined(separator: ", ")
    }

    private static func noun(_ type: FieldType) -> String {
      switch type {
      case .text: "text"
      case .integer: "integer"
      case .bigInteger: "big integer"
      case .decimal(let precision, let scale): "decimal(\(precision),\(scale))"
      case .boolean: "boolean"
      case .uuid: "uuid"
      case .date: "date"
      case .timestamp: "timestamp"
      case .enumeration(let enumeration): "one of " + enumeration.cases.map(\.name).joined(separator: " | ")
      case .json: "json"
      }
    }
  }
#endif
