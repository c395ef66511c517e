#if Hummingbird
  import HTTPTypes
  public import Hummingbird
  public import TamisReport

  /// An answer is what a route handler may return.
  extension HTTPAnswer: ResponseGenerator {
    public func response(from request: Request, context: some RequestContext) -> Response { response }

    var response: Response {
      var fields = HTTPFields()
      for header in headers {
        // Names and values are the library's own, and legal; the initialiser asks.
        if let name = HTTPField.Name(header.name) {
          fields.append(HTTPField(name: name, value: header.value))
        }
      }
      return Response(
        status: HTTPResponse.Status(code: status), headers: fields,
        body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
    }
  }
#endif
