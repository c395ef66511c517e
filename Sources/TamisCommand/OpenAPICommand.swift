#if CommandLine
  import ArgumentParser
  import TamisCatalog
  import TamisResources

  /// `tamis openapi --resource blnk/balances --path /balances`
  struct OpenAPICommand: ParsableCommand, RunnableCommand {
    static let configuration = CommandConfiguration(
      commandName: "openapi", abstract: "Describes what a resource's endpoint accepts, as OpenAPI 3.1.")

    @Option(help: "A built-in resource ('tamis resources' lists them), or a resource file, FILE.json.")
    var resource: String

    @Option(help: "How requests are spelled; the resource's own dialect by default.")
    var dialect: String?

    @Option(help: "The endpoint's path.")
    var path: String?

    func run(_ console: inout Console) throws(CommandFailure) {
      let document = OpenAPIDocument(
        resource: try Names.resource(resource).resource, dialect: try dialect.map(Names.dialect), path: path)
      try console.output.write(document.text)
    }
  }
#endif
