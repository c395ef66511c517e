import Hummingbird

/// The four balance endpoints of the catalogue as an HTTP server, over SQLite in memory or over PostgreSQL.
///
/// Settings are environment variables; see `ServerSettings`.
@main
struct Server {
  static func main() async throws {
    let settings = try ServerSettings()
    let lists = try BalanceLists(settings).all()
    let router = Router(options: .autoGenerateHeadEndpoints)
    router.add(middleware: ProblemMiddleware(routes: lists.map(\.route)))
    for list in lists {
      router.on(RouterPath(list.route.path), method: list.route.method, use: list.answer)
    }
    if settings.hasBaseline { try Baseline.add(to: router, lists) }
    // Hummingbird logs the port that it has.
    let application = Application(
      router: router,
      configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: settings.port)))
    application.logger.info("\(settings.summary)")
    try await application.runService()
  }
}
