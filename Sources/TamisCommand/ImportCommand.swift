#if CommandLine
  import ArgumentParser
  import TamisModel
  import TamisReport
  import TamisResources

  /// `tamis import`
  struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import", abstract: "Makes a resource file from something that there is already.",
      subcommands: [ImportOpenAPICommand.self, ImportSQLiteCommand.self])
  }

  /// What an import is told.
  struct ImportArguments: ParsableArguments {
    @Option(help: "The resource's name.")
    var name: String?

    @Option(help: "How its requests are spelled.")
    var dialect: String?

    @Option(help: "The field that is the primary key, where none is recognised.")
    var key: String?

    @Option(help: "The default order: fields, a minus for descending, such as --sort=-created_at,name.")
    var sort: String?

    func options() throws(CommandFailure) -> ImportOptions {
      ImportOptions(
        name: name, dialect: try dialect.map(Names.dialect), key: key,
        defaultSort: (sort ?? "").split(separator: ",").map { word in
          word.utf8.first == UInt8(ascii: "-")
            ? .descending(String(word.dropFirst())) : .ascending(String(word))
        })
    }

    /// The file on the output, what to know about it beside.
    static func write(_ imported: ImportedResource, to console: Console) throws(CommandFailure) {
      try console.output.write(ResourceFile.write(imported.resource))
      for note in imported.notes { try console.errors.write("note: \(Escaping.text(note.description))\n") }
    }
  }

  /// `tamis import openapi api.json --path /api/balances`
  struct ImportOpenAPICommand: ParsableCommand, RunnableCommand {
    static let configuration = CommandConfiguration(
      commandName: "openapi", abstract: "From a list endpoint of an OpenAPI 3.1 document.")

    @Argument(help: "The document, as JSON.")
    var file: String

    @Option(help: "The endpoint's path, as the document has it.")
    var path: String

    @OptionGroup var arguments: ImportArguments

    func run(_ console: inout Console) throws(CommandFailure) {
      let bytes = try SystemFile.contents(file)
      let options = try arguments.options()
      do {
        let imported = try OpenAPIImport.resource(from: bytes, path: path, options: options)
        try ImportArguments.write(imported, to: console)
      } catch let error as QueryError {
        throw .faultyFile(error, source: bytes, name: file)
      } catch let failure as CommandFailure {
        throw failure
      } catch {
        throw .inputOutput("\(error)")
      }
    }
  }
#endif
