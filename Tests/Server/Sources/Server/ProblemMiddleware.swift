import Hummingbird
import Tamis
import TamisHummingbird

/// Every other error as problem details, too: unknown paths, wrong methods, faults of the server.
struct ProblemMiddleware<Context: RequestContext>: RouterMiddleware {
  private let routes: [String: Route]

  init(routes: [Route]) {
    self.routes = Dictionary(uniqueKeysWithValues: routes.map { ($0.path, $0) })
  }

  func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch let refusal as RefusedRequest {
      throw refusal
    } catch let error as HTTPError where error.status == .notFound {
      throw RefusedRequest(unmatched(request))
    } catch {
      // What went wrong is for the log.
      context.logger.error("\(error)")
      let form = routes[request.uri.path]?.errors ?? .problemDetails
      throw RefusedRequest(
        .problem(500, "Internal Server Error", "the list can not be read at the moment", form: form))
    }
  }

  /// A path that another method has, or none at all.
  private func unmatched(_ request: Request) -> HTTPAnswer {
    guard let route = routes[request.uri.path] else {
      return .problem(404, "Not Found", "there is no list here")
    }
    let allowed = route.method == .get ? "GET, HEAD" : "\(route.method)"
    var answer = HTTPAnswer.problem(
      405, "Method Not Allowed", "this list is read with \(allowed)", form: route.errors)
    answer.headers.append(HTTPAnswer.Header("Allow", allowed))
    return answer
  }
}
