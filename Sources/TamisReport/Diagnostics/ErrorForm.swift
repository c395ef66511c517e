public import TamisModel

/// The two standard forms of an answer that refuses a request.
public enum ErrorForm: String, Hashable, Sendable, CaseIterable {
  /// RFC 9457, `application/problem+json`.
  case problemDetails = "problem-details"
  /// JSON:API error objects, `application/vnd.api+json`.
  case jsonAPI = "jsonapi"

  /// What clients of a query dialect expect.
  public init(_ dialect: QueryDialect) {
    switch dialect {
    case .jsonAPI: self = .jsonAPI
    case .jsonAPIKeys, .suffix, .bracket, .body, .mixed: self = .problemDetails
    }
  }
}

extension QueryError {
  /// The answer to a request that was refused, with every problem and its place.
  ///
  ///     do {
  ///       …
  ///     } catch let error as QueryError {
  ///       return error.answer(to: Array(queryString.utf8), dialect: .suffix)
  ///     }
  ///
  /// - Parameters:
  ///   - request: the bytes that were compiled: the query string, or the body.
  ///   - dialect: the one that it was compiled with.
  ///   - form: problem details or JSON:API error objects; the dialect's own by default.
  ///   - typeBase: what a problem's type is made of, with its code after it: the address of your documentation.
  ///   - instance: the URI of this very occurrence, where it has one.
  public func answer(
    to request: [UInt8], dialect: QueryDialect, form: ErrorForm? = nil,
    typeBase: String = "urn:tamis:problem:", instance: String? = nil
  ) -> HTTPAnswer {
    let source = RequestSource(request, isBody: dialect == .body)
    switch form ?? ErrorForm(dialect) {
    case .problemDetails:
      let details = ProblemDetails(error: self, source: source, typeBase: typeBase, instance: instance)
      return HTTPAnswer(
        status: details.status, contentType: "application/problem+json", body: details.bytes)
    case .jsonAPI:
      return HTTPAnswer(
        status: httpStatus(isBody: source.isBody), contentType: "application/vnd.api+json",
        body: JSONAPIErrors(error: self, source: source, typeBase: typeBase).bytes)
    }
  }

  /// The answer's body as RFC 9457 problem details.
  public func problemDetails(for request: [UInt8], dialect: QueryDialect) -> String {
    answer(to: request, dialect: dialect, form: .problemDetails).text
  }

  /// The answer's body as JSON:API error objects.
  public func jsonAPIErrors(for request: [UInt8], dialect: QueryDialect) -> String {
    answer(to: request, dialect: dialect, form: .jsonAPI).text
  }

  /// One status for all problems: theirs where they share it, else 400; the server's own faults come first.
  public func httpStatus(isBody: Bool) -> Int {
    let statuses = diagnostics.filter { $0.severity == .error }.map { $0.httpStatus(isBody: isBody) }
    guard let first = statuses.first else { return 400 }
    if let ours = statuses.filter({ $0 >= 500 }).max() { return ours }
    return statuses.allSatisfy { $0 == first } ? first : 400
  }
}

extension Diagnostic {
  /// What a client may read: of the server's own faults, only that there is one.
  var publicMessage: String { problem.isServerFault ? problem.title : message }
}
