#if Hummingbird
  public import Hummingbird
  public import TamisReport

  /// Thrown out of a route handler, it becomes the answer that says what is wrong.
  public struct RefusedRequest: HTTPResponseError {
    public let answer: HTTPAnswer

    public init(_ answer: HTTPAnswer) {
      self.answer = answer
    }

    public var status: HTTPResponse.Status { HTTPResponse.Status(code: answer.status) }

    public func response(from request: Request, context: some RequestContext) -> Response { answer.response }
  }
#endif
