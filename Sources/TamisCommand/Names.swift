#if CommandLine
  import Tamis
  import TamisCatalog

  /// What people write for things that have lists, looked up; an unknown name is answered with the list.
  enum Names {
    /// A name of the catalogue, or the path of a resource file.
    static func resource(_ name: String) throws(CommandFailure) -> Catalog.Entry {
      if let entry = Catalog.all.first(where: { $0.name == name }) { return entry }
      if ResourceSource.isFile(name) { return try ResourceSource.file(name) }
      throw .unknown("resource", name, known: Catalog.all.map(\.name))
    }

    static func dialect(_ name: String) throws(CommandFailure) -> QueryDialect {
      guard let dialect = QueryDialect(rawValue: name) else {
        throw .unknown("query dialect", name, known: dialects)
      }
      return dialect
    }

    static func policy(_ name: String) throws(CommandFailure) -> Policy {
      guard let policy = Policy(rawValue: name) else { throw .unknown("policy", name, known: policies) }
      return policy
    }

    static func sqlDialect(_ name: String) throws(CommandFailure) -> SQLDialect {
      guard let dialect = SQLDialect.named(name) else {
        throw .unknown("SQL engine", name, known: SQLDialect.all.map(\.name))
      }
      return dialect
    }

    static func engine(_ name: String) throws(CommandFailure) -> RecordEngine {
      guard let engine = RecordEngine(rawValue: name) else {
        throw .unknown("engine", name, known: RecordEngine.allCases.map(\.rawValue))
      }
      return engine
    }

    static func rowFormat(_ name: String) throws(CommandFailure) -> RowFormat {
      guard let format = RowFormat(rawValue: name) else {
        throw .unknown("format", name, known: RowFormat.allCases.map(\.rawValue))
      }
      return format
    }

    static func statementFormat(_ name: String) throws(CommandFailure) -> StatementFormat {
      guard let format = StatementFormat(rawValue: name) else {
        throw .unknown("format", name, known: StatementFormat.allCases.map(\.rawValue))
      }
      return format
    }

    static var dialects: [String] { QueryDialect.allCases.map(\.rawValue) }
    static var policies: [String] { Policy.allCases.map(\.rawValue) }
  }
#endif
