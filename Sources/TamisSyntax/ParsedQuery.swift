public import TamisModel

/// What was written: names and values as found, each with its span, sorted into the parts of a list request.
/// Nothing here is known to make sense; a resource is needed for that.
///
/// Everything is a flat array, and text is a range of one decoded buffer, so that parsing costs a handful of
/// allocations however long the request is. `TamisPlanner` takes the buffer over instead of copying text.
@usableFromInline package struct ParsedQuery: Sendable {
  /// The source, and after it decoded text: a piece that needs no decoding is a range of the source itself.
  /// Valid UTF-8 within every `ParsedText`.
  @usableFromInline package var buffer: [UInt8] = []
  /// Bytes of the source at the buffer's beginning; 0 for a body, whose text is all decoded.
  @usableFromInline package var sourceCount = 0
  /// Segments of names after the first, referred to by `ParsedName`.
  @usableFromInline package var segments: [ParsedText] = []
  /// Items of lists, those of one list side by side, referred to by `ParsedValue`.
  @usableFromInline package var items: [ParsedValue] = []
  /// Filter tree in preorder: a group is followed by its members.
  @usableFromInline package var filter = ParsedFilter()
  /// One, once the request has any part beside its filter. In an array, because most have none, and an empty array
  /// is the cheapest box.
  private var parts: [ParsedParts] = []
  /// How top-level criteria combine (`logical_operator=or`); absent means `and`.
  @usableFromInline package var topConnective: ParsedConnective?

  package init() {}

  package var sort: [ParsedSortKey] {
    get { parts.first?.sort ?? [] }
    _modify { yield &madeParts[0].sort }
  }
  package var page: [ParsedPageSetting] {
    get { parts.first?.page ?? [] }
    _modify { yield &madeParts[0].page }
  }
  package var selection: [ParsedSelection] {
    get { parts.first?.selection ?? [] }
    _modify { yield &madeParts[0].selection }
  }
  package var include: [ParsedText] {
    get { parts.first?.include ?? [] }
    _modify { yield &madeParts[0].include }
  }
  /// Parameters that no part of the dialect claims; a resource may declare them by name.
  package var parameters: [ParsedParameter] {
    get { parts.first?.parameters ?? [] }
    _modify { yield &madeParts[0].parameters }
  }
  /// Problems found while parsing. An error does not stop the parser: later parts are still read.
  package var diagnostics: [Diagnostic] {
    get { parts.first?.diagnostics ?? [] }
    _modify { yield &madeParts[0].diagnostics }
  }
  /// Whether there is nothing beside the filter, and nothing wrong with it.
  package var isFilterOnly: Bool { parts.isEmpty }

  private var madeParts: [ParsedParts] {
    get { parts }
    _modify {
      if parts.isEmpty { parts.append(ParsedParts()) }
      yield &parts
    }
  }

  package func bytes(of text: ParsedText) -> ArraySlice<UInt8> {
    buffer[text.range]
  }

  package func string(of text: ParsedText) -> String {
    String(decoding: buffer[text.range], as: UTF8.self)
  }

  /// The segments of a name after the first.
  @inlinable
  package func rest(of name: ParsedName) -> ArraySlice<ParsedText> {
    segments[name.rest]
  }

  /// A name as it is written, decoded: `filter[usage-gt]`.
  package func displayName(_ name: ParsedName) -> String {
    rest(of: name).reduce(string(of: name.first)) { $0 + "[\(string(of: $1))]" }
  }

  /// All segments of a name; for what is seldom done.
  package func allSegments(of name: ParsedName) -> [ParsedText] {
    [name.first] + rest(of: name)
  }
}

/// The parts of a list request beside its filter.
private struct ParsedParts: Sendable {
  var sort: [ParsedSortKey] = []
  var page: [ParsedPageSetting] = []
  var selection: [ParsedSelection] = []
  var include: [ParsedText] = []
  var parameters: [ParsedParameter] = []
  var diagnostics: [Diagnostic] = []
}

/// A piece of decoded text and where it came from.
@usableFromInline package struct ParsedText: Sendable, Hashable {
  @usableFromInline package var start: UInt32
  @usableFromInline package var end: UInt32
  @usableFromInline package var span: SourceSpan

  @inlinable
  package init(start: Int, end: Int, span: SourceSpan) {
    self.start = UInt32(truncatingIfNeeded: start)
    self.end = UInt32(truncatingIfNeeded: end)
    self.span = span
  }

  @inlinable package var range: Range<Int> { Int(start)..<Int(end) }
  @inlinable package var isEmpty: Bool { start == end }
}

/// A name as path segments: `filter[balance][usage-gt]` is `balance`, `usage-gt`. The first stands in the name
/// itself, because most names have no other.
@usableFromInline package struct ParsedName: Sendable, Hashable {
  @usableFromInline package var first: ParsedText
  /// Where the others stand in the query's `segments`.
  @usableFromInline package var restStart: UInt32
  @usableFromInline package var restCount: UInt32
  /// The whole name as written, brackets included.
  @usableFromInline package var span: SourceSpan

  @inlinable
  package init(_ first: ParsedText, rest: Range<Int> = 0..<0, span: SourceSpan) {
    self.first = first
    restStart = UInt32(truncatingIfNeeded: rest.lowerBound)
    restCount = UInt32(truncatingIfNeeded: rest.count)
    self.span = span
  }

  /// Of a group, which has none.
  package static func none(_ span: SourceSpan) -> ParsedName {
    ParsedName(ParsedText(start: 0, end: 0, span: span), span: span)
  }

  @inlinable package var rest: Range<Int> { Int(restStart)..<Int(restStart) &+ Int(restCount) }
  @inlinable package var segmentCount: Int { 1 &+ Int(restCount) }
}

/// A value as written.
@usableFromInline package struct ParsedValue: Sendable, Hashable {
  @usableFromInline package enum Kind: UInt8, Sendable, Hashable {
    /// Text of a URL: its type is the field's business. Whether it is a list is known only with its operator,
    /// so the planner asks for `split`, which splits the *undecoded* bytes: `%2C` is data.
    case urlText
    /// A name without `=`: `identity_id_isnull`.
    case absent
    /// A list whose items stand at `items`: `type[]=A&type[]=B`, a JSON array, or a split URL text.
    case list
    case jsonString
    /// The number as written.
    case jsonNumber
    case jsonTrue
    case jsonFalse
    case jsonNull
    /// A JSON object; `text` is its minified source. Of a parameter's, `items` are its names and values in turn.
    case jsonObject
    /// A JSON array that is one value (`"value":[…]`), not a list of operands; `text` is its minified source. Of a
    /// parameter's, `items` are its items.
    case jsonArray
  }

  @usableFromInline package var kind: Kind
  /// Decoded text of a scalar; minified JSON of an array or object from a body.
  @usableFromInline package var text: ParsedText
  @usableFromInline package var firstItem: UInt32 = 0
  @usableFromInline package var itemCount: UInt32 = 0

  /// Where a list's items stand in the query's `items`.
  @inlinable package var items: Range<Int> { Int(firstItem)..<Int(firstItem) &+ Int(itemCount) }

  @inlinable
  package init(kind: Kind, text: ParsedText) {
    self.kind = kind
    self.text = text
  }
}

/// How a criterion's name has to be read.
@usableFromInline package enum ParsedSpelling: UInt8, Sendable, Hashable {
  /// One segment; field and operator are joined by `_`.
  case suffix
  /// One segment is the field; a second one is its operator, or empty for `field[]`.
  case bracket
  /// `exists[field]=true`: one segment, the field.
  case exists
  /// One to three segments after `filter`: `[type]`, field, `[operator]`.
  case jsonAPI
  /// One or two segments: `[type]`, then `field-operator-connective`.
  case jsonAPIKeys
  /// Two segments: the field and the operator; an element path has its array joined by a dot.
  case body
}

@usableFromInline package enum ParsedConnective: UInt8, Sendable, Hashable {
  case and
  case or
}

/// A node of the filter tree, in preorder.
@usableFromInline package struct ParsedFilterNode: Sendable, Hashable {
  @usableFromInline package enum Kind: UInt8, Sendable, Hashable {
    case criterion
    case and
    case or
    case not
    /// `{"any":"array","where":…}`: the name is the array; the one member is the element's filter.
    case any
  }

  @usableFromInline package var kind: Kind
  @usableFromInline package var spelling: ParsedSpelling
  /// Index after this node's last descendant.
  @usableFromInline package var end: UInt32
  /// Of a criterion, or of `any`.
  @usableFromInline package var name: ParsedName
  /// Of a criterion.
  @usableFromInline package var value: ParsedValue
  /// The whole `name=value` pair, or the JSON object of the filter.
  @usableFromInline package var span: SourceSpan

  package init(
    kind: Kind, spelling: ParsedSpelling, end: Int, name: ParsedName, value: ParsedValue, span: SourceSpan
  ) {
    self.kind = kind
    self.spelling = spelling
    self.end = UInt32(truncatingIfNeeded: end)
    self.name = name
    self.value = value
    self.span = span
  }
}

/// `sort=-date`, `order[date]=desc`.
@usableFromInline package struct ParsedSortKey: Sendable, Hashable {
  @usableFromInline package enum Direction: UInt8, Sendable, Hashable {
    case ascending
    case descending
    /// `order[x]=`, to be filled by the resource; strict reports it.
    case empty
    /// Text that is no direction; a diagnostic has been reported.
    case invalid
  }

  /// `sort[balance]=…`
  @usableFromInline package var type: ParsedText?
  @usableFromInline package var field: ParsedText
  @usableFromInline package var direction: Direction
  /// Name and direction.
  @usableFromInline package var span: SourceSpan

  package init(type: ParsedText? = nil, field: ParsedText, direction: Direction, span: SourceSpan) {
    self.type = type
    self.field = field
    self.direction = direction
    self.span = span
  }
}

@usableFromInline package struct ParsedPageSetting: Sendable, Hashable {
  @usableFromInline package enum Kind: UInt8, Sendable, Hashable {
    case limit
    case offset
    case number
    case size
    /// A token that says itself in which direction it goes.
    case cursor
    /// The records that follow the token's place.
    case after
    /// The records that come before it.
    case before
  }

  @usableFromInline package var kind: Kind
  /// The name as written (`page[size]`, `limit`), for diagnostics.
  @usableFromInline package var name: ParsedText
  @usableFromInline package var value: ParsedValue

  package init(kind: Kind, name: ParsedText, value: ParsedValue) {
    self.kind = kind
    self.name = name
    self.value = value
  }
}

/// `fields[balance]=id,usage`: one entry per name.
@usableFromInline package struct ParsedSelection: Sendable, Hashable {
  /// Nil in dialects that have one type only (`fields=a,b`).
  @usableFromInline package var type: ParsedText?
  @usableFromInline package var field: ParsedText

  package init(type: ParsedText?, field: ParsedText) {
    self.type = type
    self.field = field
  }
}

/// `customer_id=…`, or a member of a body that is not part of the body dialect.
@usableFromInline package struct ParsedParameter: Sendable, Hashable {
  @usableFromInline package var name: ParsedName
  @usableFromInline package var value: ParsedValue

  package init(name: ParsedName, value: ParsedValue) {
    self.name = name
    self.value = value
  }
}
