#if Hummingbird
  import HTTPTypes
  import Hummingbird
  import Tamis

  /// The bytes of a request that are compiled: its query string as it was sent, or its body.
  struct RequestText<Context: RequestContext> {
    let endpoint: ListEndpoint
    let context: Context

    // MARK: Query strings

    /// All that follows the first question mark, undecoded.
    func query(of request: Request) throws -> [UInt8] {
      let bytes = Self.queryString(of: request)
      // The server library turns bytes that are not UTF-8 into U+FFFD, which no request line holds unescaped.
      if let place = bytes.firstRange(of: "\u{FFFD}".utf8) {
        throw refusal(.invalidUTF8, SourceSpan(place.lowerBound, place.upperBound), bytes, endpoint.dialect)
      }
      return bytes
    }

    /// What Hummingbird calls the query ends at a `#`, which only a faulty client sends, and which is not passed over
    /// here.
    private static func queryString(of request: Request) -> [UInt8] {
      guard let target = request.head.path?.utf8 else { return [] }
      guard let mark = target.firstIndex(of: UInt8(ascii: "?")) else { return [] }
      return Array(target[target.index(after: mark)...])
    }

    // MARK: Bodies

    func body(of request: Request) async throws -> [UInt8] {
      try checkMediaType(request)
      let limit = endpoint.compiler.resource.limits.bodyBytes
      do {
        let buffer = try await request.body.collect(upTo: limit)
        return Array(buffer.readableBytesView)
      } catch let error as any HTTPResponseError where error.status == .contentTooLarge {
        throw refusal(.tooManyBytes(limit: limit), SourceSpan(0, 0), [], .body)
      }
    }

    private func checkMediaType(_ request: Request) throws {
      guard Self.isJSON(request.headers[.contentType]), Self.isPlain(request.headers[.contentEncoding]) else {
        var answer = HTTPAnswer.problem(
          415, "Unsupported Media Type", "the body has to be JSON, sent as application/json, not compressed",
          form: endpoint.errors)
        answer.headers.append(HTTPAnswer.Header("Accept", "application/json"))
        throw RefusedRequest(answer)
      }
    }

    /// `application/json`, or a type made of it, whatever its parameters.
    private static func isJSON(_ contentType: String?) -> Bool {
      let type = contentType?.split(separator: ";", omittingEmptySubsequences: false).first?
        .lowercased().filter { $0 != " " }
      guard let type else { return false }
      return type == "application/json" || type.hasPrefix("application/") && type.hasSuffix("+json")
    }

    private static func isPlain(_ contentEncoding: String?) -> Bool {
      contentEncoding.map { $0.lowercased() == "identity" } ?? true
    }

    private func refusal(
      _ problem: Problem, _ span: SourceSpan, _ bytes: [UInt8], _ dialect: QueryDialect
    ) -> RefusedRequest {
      endpoint.refusal(
        QueryError(Diagnostic(problem, span)), bytes: bytes, dialect: dialect, logger: context.logger)
    }
  }
#endif
