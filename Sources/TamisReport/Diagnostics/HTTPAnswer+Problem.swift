import TamisJSON

extension HTTPAnswer {
  /// A refusal that is not about the query: an unknown path, a wrong method or media type, a fault of the server. In
  /// the same forms as those that are, so that clients read one kind of error.
  ///
  ///     HTTPAnswer.problem(405, "Method Not Allowed", "this list is read with GET")
  ///
  /// - Parameters:
  ///   - title: the status in words.
  ///   - detail: one sentence for the client.
  public static func problem(
    _ status: Int, _ title: String, _ detail: String, form: ErrorForm = .problemDetails
  ) -> HTTPAnswer {
    var writer = JSONWriter()
    switch form {
    case .problemDetails:
      writer.beginObject()
      writer.name("type")
      writer.string("about:blank")
      writer.name("title")
      writer.escapedString(title)
      writer.name("status")
      writer.integer(status)
      writer.name("detail")
      writer.escapedString(detail)
      writer.endObject()
      return HTTPAnswer(status: status, contentType: "application/problem+json", body: writer.bytes)
    case .jsonAPI:
      writer.beginObject()
      writer.name("errors")
      writer.beginArray()
      writer.beginObject()
      writer.name("status")
      writer.string(String(status))
      writer.name("title")
      writer.escapedString(title)
      writer.name("detail")
      writer.escapedString(detail)
      writer.endObject()
      writer.endArray()
      writer.endObject()
      return HTTPAnswer(status: status, contentType: "application/vnd.api+json", body: writer.bytes)
    }
  }
}
