public import TamisModel

/// Links from a page to others: the client's own query string with only its page parameters replaced. Every other
/// byte stays as it was written, but for those that no URI may hold, which are percent-encoded; a bar stays a bar.
///
///     currency_eq=USD&limit=20            →  next: ?currency_eq=USD&limit=20&offset=20
public struct PageLinks: Hashable, Sendable {
  /// Nil for requests with a body, which no link can repeat.
  public let current: String?
  public let first: String?
  /// Nil on the first page.
  public let previous: String?
  /// Nil on the last page.
  public let next: String?
  /// Nil unless the number of records is known.
  public let last: String?

  public init(_ query: Query, dialect: QueryDialect, page: PageFacts) {
    guard dialect != .body else {
      (current, first, previous, next, last) = (nil, nil, nil, nil, nil)
      return
    }
    let writer = PageLinkWriter(query: query, dialect: dialect, page: page)
    current = writer.link([:])
    first = writer.first
    previous = writer.previous
    next = writer.next
    last = writer.last
  }

  /// RFC 8288: `</balances?offset=20>; rel="next", …`; nil when there is nothing to link to.
  public var header: String? {
    let links = [("first", first), ("prev", previous), ("next", next), ("last", last)]
    let shown = links.compactMap { relation, link in link.map { "<\($0)>; rel=\"\(relation)\"" } }
    return shown.isEmpty ? nil : shown.joined(separator: ", ")
  }
}

/// Replaces page parameters.
private struct PageLinkWriter {
  let query: Query
  let dialect: QueryDialect
  let page: PageFacts

  // MARK: Pages

  private var size: Int { Swift.max(1, query.page.limit) }
  private var offset: Int { Swift.max(0, query.page.offset) }

  var first: String? {
    switch query.resource.paging {
    case .limitOffset, .pages: linkToOffset(0)
    case .cursor: link([.cursor: nil])
    }
  }

  var previous: String? {
    switch query.resource.paging {
    case .limitOffset, .pages: offset == 0 ? nil : linkToOffset(Swift.max(0, offset - size))
    case .cursor: page.previousCursor.map { link([.cursor: $0]) }
    }
  }

  var next: String? {
    guard page.hasMore else { return nil }
    switch query.resource.paging {
    case .limitOffset, .pages:
      let (next, overflow) = offset.addingReportingOverflow(size)
      return overflow ? nil : linkToOffset(next)
    case .cursor: return page.nextCursor.map { link([.cursor: $0]) }
    }
  }

  /// Where the pages that begin at this one's offset end.
  var last: String? {
    guard let total = page.total else { return nil }
    switch query.resource.paging {
    case .limitOffset, .pages:
      let start = offset % size
      return linkToOffset(total <= start ? 0 : start + (total - 1 - start) / size * size)
    case .cursor: return nil
    }
  }

  /// Nil where the dialect has no name for it: a resource of limits and offsets that is read in `bracket` has pages
  /// that no request can ask for.
  private func linkToOffset(_ offset: Int) -> String? {
    switch query.resource.paging {
    case .pages: link(.number, offset / size + 1)
    case .limitOffset, .cursor: link(.offset, offset)
    }
  }

  private func link(_ parameter: PageParameter, _ value: Int) -> String? {
    parameter.isSaid(in: dialect) ? link([parameter: String(value)]) : nil
  }

  // MARK: The query string

  /// The request with these settings; nil takes one out.
  func link(_ settings: [PageParameter: String?]) -> String {
    var open = settings
    var pieces: [[UInt8]] = []
    for pair in QueryPairs(page.request) {
      let name = QueryPairs.nameRange(of: pair, in: page.request)
      guard !pair.isEmpty, let kind = parameter(pair), let value = open.removeValue(forKey: kind) else {
        pieces.append(Array(page.request[pair]))
        continue
      }
      guard let value else { continue }
      let written = PageParameter.hasSide(pair, in: page.request) ? nil : page.request[name]
      pieces.append(
        (written ?? Array(kind.name(in: dialect).utf8)[...]) + [UInt8(ascii: "=")] + Array(value.utf8))
    }
    if pieces == [[]] { pieces = [] }
    for kind in PageParameter.allCases {
      guard let value = open[kind] ?? nil else { continue }
      pieces.append(Array("\(kind.name(in: dialect))=\(value)".utf8))
    }
    let text = URIText.escaped(Array(pieces.joined(separator: [UInt8(ascii: "&")])))
    // An empty reference would mean the request's own address with its query string.
    // A decoded path may hold anything, and this goes into a header.
    let address = URIText.escaped(Array(page.address.utf8))
    return text.isEmpty && !address.isEmpty ? address : address + "?" + text
  }

  private func parameter(_ pair: Range<Int>) -> PageParameter? {
    PageParameter(QueryPairs.name(of: pair, in: page.request), in: dialect)
  }
}

/// The page parameters that links replace.
enum PageParameter: Hashable, CaseIterable {
  case number
  case offset
  case cursor

  /// As a client of the dialect may have written it.
  init?(_ name: String, in dialect: QueryDialect) {
    switch name {
    case "page[number]" where Self.hasBrackets(dialect): self = .number
    case "page[offset]" where Self.hasBrackets(dialect): self = .offset
    case "page[cursor]" where Self.hasBrackets(dialect): self = .cursor
    case "page[after]" where Self.hasBrackets(dialect): self = .cursor
    case "page[before]" where Self.hasBrackets(dialect): self = .cursor
    case "page" where dialect == .bracket || dialect == .mixed: self = .number
    case "offset" where dialect == .suffix || dialect == .mixed: self = .offset
    case "cursor" where dialect != .jsonAPI && dialect != .jsonAPIKeys: self = .cursor
    case "next_page" where dialect != .jsonAPI && dialect != .jsonAPIKeys: self = .cursor
    default: return nil
    }
  }

  /// Whether a request of the dialect can hold it.
  func isSaid(in dialect: QueryDialect) -> Bool {
    switch (self, dialect) {
    case (.number, .suffix), (.offset, .bracket), (_, .body): false
    case (.number, _), (.offset, _), (.cursor, _): true
    }
  }

  /// A name that says on which side of its cursor the page lies; a link may lead to the other.
  static func hasSide(_ pair: Range<Int>, in request: [UInt8]) -> Bool {
    let name = QueryPairs.name(of: pair, in: request)
    return name == "page[after]" || name == "page[before]"
  }

  private static func hasBrackets(_ dialect: QueryDialect) -> Bool {
    switch dialect {
    case .jsonAPI, .jsonAPIKeys, .mixed: true
    case .suffix, .bracket, .body: false
    }
  }

  /// As it is added where the client did not write it.
  func name(in dialect: QueryDialect) -> String {
    let word =
      switch self {
      case .number: "number"
      case .offset: "offset"
      case .cursor: "cursor"
      }
    switch dialect {
    case .jsonAPI, .jsonAPIKeys: return "page%5B\(word)%5D"
    case .suffix, .bracket, .body, .mixed: return self == .number ? "page" : word
    }
  }
}

/// Bytes that may stand in a URI's query.
enum URIText {
  /// What may not is escaped; escapes stay, and so do brackets, which every dialect writes. So does the bar, as in
  /// browsers: `amount_between=1|9` has two values, and `1%7C9` is one.
  static func escaped(_ bytes: [UInt8]) -> String {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    for byte in bytes {
      switch byte {
      case 0x21, 0x23...0x3B, 0x3D, 0x3F...0x5B, 0x5D, 0x5F, 0x61...0x7A, 0x7C, 0x7E:
        byte == UInt8(ascii: "#") ? output.append(contentsOf: "%23".utf8) : output.append(byte)
      default:
        output.append(UInt8(ascii: "%"))
        output.append(digit(byte >> 4))
        output.append(digit(byte & 15))
      }
    }
    return String(decoding: output, as: UTF8.self)
  }

  private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 48 + value : 55 + value }
}
