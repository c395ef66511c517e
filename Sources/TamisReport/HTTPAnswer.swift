/// What a server sends back: status, headers and body, ready for any HTTP library.
public struct HTTPAnswer: Hashable, Sendable {
  public struct Header: Hashable, Sendable {
    public var name: String
    public var value: String

    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  public var status: Int
  /// `Content-Type` first, then `Link` where there are pages to link to.
  public var headers: [Header]
  /// UTF-8.
  public var body: [UInt8]

  init(status: Int, contentType: String, body: [UInt8]) {
    self.status = status
    headers = [Header("Content-Type", contentType)]
    self.body = body
  }

  /// The body as text.
  public var text: String { String(decoding: body, as: UTF8.self) }

  public func header(_ name: String) -> String? {
    headers.first { $0.name == name }?.value
  }
}
