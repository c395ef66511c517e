import TamisJSON
import TamisModel

/// Reads a JSON body as Go's `encoding/json` decodes it into
///
///     {"filters": [{"field", "operator", "value", "values"}], "logical_operator", "limit", "offset", "sort_by",
///      "sort_order", "include_count"}
///
/// Names match in any letter case, the last of several wins, null is the zero value, and what no field takes is
/// ignored with a warning. The first value of a wrong type is refused in the decoder's words. Filters become criteria
/// with the spelling `body`; everything else becomes `parameters` under the names above.
struct GoBodyReader {
  private let system: String
  private let rules: GuessedSuffixRules
  private let document: JSONDocument
  private var query = ParsedQuery()
  private var bag: DiagnosticBag
  /// The decoder goes on after its first fault, and tells only that one.
  private var hasFault = false

  static func parse(
    _ source: consuming [UInt8], system: String, _ rules: GuessedSuffixRules, limits: QueryLimits
  ) -> ParsedQuery {
    if source.count > limits.bodyBytes {
      return refused(
        Diagnostic(.tooManyBytes(limit: limits.bodyBytes), SourceSpan(limits.bodyBytes, source.count)))
    }
    switch GoJSONScanner.scan(source) {
    case .fault(let message, let place):
      return refused(
        Diagnostic(
          .invalidJSON(expected: "a JSON value"),
          SourceSpan(Swift.min(place, source.count), Swift.min(place + 1, source.count)),
          serverAnswer: ServerAnswer(system, status: 400, message: message)))
    case .value(let range):
      do {
        // What follows is never looked at.
        var textLimits = limits
        textLimits.depth = 250
        let document = try JSONDocument.parse(
          source.span.extracting(0..<range.upperBound), limits: textLimits, allowsDuplicates: true)
        var reader = GoBodyReader(document, system, rules, limits)
        reader.warnOfRest(range.upperBound, source)
        return reader.read()
      } catch {
        var query = ParsedQuery()
        query.diagnostics = error.diagnostics
        return query
      }
    }
  }

  private static func refused(_ diagnostic: Diagnostic) -> ParsedQuery {
    var query = ParsedQuery()
    query.diagnostics = [diagnostic]
    return query
  }

  private init(
    _ document: JSONDocument, _ system: String, _ rules: GuessedSuffixRules, _ limits: QueryLimits
  ) {
    var document = document
    query.buffer = document.takeText()
    self.document = document
    self.system = system
    self.rules = rules
    bag = DiagnosticBag(limit: limits.diagnostics)
  }

  private mutating func warnOfRest(_ end: Int, _ source: [UInt8]) {
    guard let place = source[end...].firstIndex(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) else {
      return
    }
    bag.report(
      .invalidJSON(expected: "the end of the text"), SourceSpan(place, source.count), severity: .warning)
  }

  private mutating func read() -> ParsedQuery {
    switch document.nodes[0].kind {
    case .object: readRequest()
    case .null: break
    case .true, .false, .number, .string, .array: mistype(0, nil, rules.requestType)
    }
    if !bag.isEmpty { query.diagnostics = bag.diagnostics }
    return query
  }

  // MARK: The request

  private enum Member: String, CaseIterable {
    case filters
    case logicalOperator = "logical_operator"
    case limit
    case offset
    case sortBy = "sort_by"
    case sortOrder = "sort_order"
    case includeCount = "include_count"
  }

  /// What has been decoded so far, by the place of its value.
  private var members: [Member: Int] = [:]

  private mutating func readRequest() {
    for (name, value) in document.members(of: 0) {
      guard let member = Member(rawValue: folded(name)) else {
        warn(.unknownParameter(name: string(name)), name)
        continue
      }
      let context = "\(typeName(rules.requestType)).\(member.rawValue)"
      switch member {
      case .filters: decodeFilters(value, context)
      case .limit, .offset: decode(value, context, "int", isInteger)
      case .logicalOperator, .sortBy, .sortOrder: decode(value, context, "string", isString)
      case .includeCount: decode(value, context, "bool", isBoolean)
      }
      if members[member] != nil { warn(.repeatedParameter(name: member.rawValue), name) }
      // Go: null leaves what is there, except of a list.
      if document.nodes[value].kind != .null || member == .filters { members[member] = value }
    }
    for member in Member.allCases where member != .filters {
      guard let value = members[member] else { continue }
      query.parameters.append(parameter(member, value))
    }
    // A request that is refused has no filters to warn of.
    guard !hasFault, let filters = members[.filters] else { return }
    for filter in document.items(of: filters) { readFilter(filter) }
  }

  /// Under the name as the server has it, whatever its letter case here.
  private mutating func parameter(_ member: Member, _ value: Int) -> ParsedParameter {
    let span = document.nodes[value - 1].span
    let start = query.buffer.count
    query.buffer.append(contentsOf: member.rawValue.utf8)
    let name = ParsedText(start: start, end: query.buffer.count, span: span)
    return ParsedParameter(name: ParsedName(name, span: span), value: plain(value))
  }

  private mutating func decodeFilters(_ value: Int, _ context: String) {
    switch document.nodes[value].kind {
    case .null: return
    case .array: break
    case .true, .false, .number, .string, .object: return mistype(value, context, "[]" + rules.filterType)
    }
    for item in document.items(of: value) {
      switch document.nodes[item].kind {
      case .object: decodeFilter(item)
      case .null: break
      case .true, .false, .number, .string, .array: mistype(item, context, rules.filterType)
      }
    }
  }

  // MARK: One filter

  private enum FilterMember: String, CaseIterable {
    case field
    case operation = "operator"
    case value
    case values
  }

  private mutating func decodeFilter(_ index: Int) {
    for (name, value) in document.members(of: index) {
      guard let member = FilterMember(rawValue: folded(name)) else { continue }
      let context = "\(typeName(rules.filterType)).filters.\(member.rawValue)"
      switch member {
      case .field: decode(value, context, "string", isString)
      case .operation: decode(value, context, rules.operatorType, isString)
      case .value: checkNumbers(value, context)
      case .values:
        if document.nodes[value].kind == .array {
          checkNumbers(value, context)
        } else {
          decode(value, context, "[]interface {}") { _, _ in false }
        }
      }
    }
  }

  private mutating func readFilter(_ index: Int) {
    var members: [FilterMember: Int] = [:]
    for (name, value) in document.members(of: index) {
      guard let member = FilterMember(rawValue: folded(name)) else {
        warn(.unknownParameter(name: string(name)), name)
        continue
      }
      if members[member] != nil { warn(.repeatedParameter(name: member.rawValue), name) }
      let isNull = document.nodes[value].kind == .null
      if !isNull || member == .value || member == .values { members[member] = value }
    }
    let nothing = ParsedText(start: 0, end: 0, span: document.nodes[index].span)
    let field = members[.field].map { text($0) } ?? nothing
    let operation = members[.operation].map { text($0) } ?? nothing
    query.segments.append(operation)
    query.filter.append(
      ParsedFilterNode(
        kind: .criterion, spelling: .body, end: query.filter.count + 1,
        name: ParsedName(
          field, rest: query.segments.count - 1..<query.segments.count, span: field.span),
        value: operand(members, of: index, string(of: operation)), span: document.nodes[index].span))
  }

  /// The value or the list, as the operator takes one or the other.
  private mutating func operand(
    _ members: [FilterMember: Int], of index: Int, _ operation: String
  ) -> ParsedValue {
    let absent = ParsedValue(
      kind: .absent, text: ParsedText(start: 0, end: 0, span: document.nodes[index].span))
    let value = members[.value]
    let values = members[.values]
    switch operation {
    case "in", "between":
      warnOfUnused("value", value)
      guard let values, document.nodes[values].kind == .array else { return absent }
      return list(values)
    case "isnull", "isnotnull":
      warnOfUnused("value", value)
      warnOfUnused("values", values)
      return absent
    default:
      warnOfUnused("values", values)
      return value.map { scalar($0) } ?? absent
    }
  }

  private mutating func warnOfUnused(_ name: String, _ value: Int?) {
    guard let value, document.nodes[value].kind != .null else { return }
    warn(.unknownParameter(name: name), value)
  }

  private mutating func list(_ index: Int) -> ParsedValue {
    var list = ParsedValue(kind: .list, text: text(index))
    let items = document.items(of: index).map { scalar($0) }
    list.firstItem = UInt32(clamping: query.items.count)
    list.itemCount = UInt32(clamping: items.count)
    query.items += items
    return list
  }

  private mutating func scalar(_ index: Int) -> ParsedValue {
    switch document.nodes[index].kind {
    case .array: ParsedValue(kind: .jsonArray, text: minified(index))
    case .object: ParsedValue(kind: .jsonObject, text: minified(index))
    case .null, .true, .false, .number, .string: plain(index)
    }
  }

  private func plain(_ index: Int) -> ParsedValue {
    let kind: ParsedValue.Kind =
      switch document.nodes[index].kind {
      case .true: .jsonTrue
      case .false: .jsonFalse
      case .number: .jsonNumber
      case .string: .jsonString
      case .null, .array, .object: .jsonNull
      }
    return ParsedValue(kind: kind, text: text(index))
  }

  private mutating func minified(_ index: Int) -> ParsedText {
    let start = query.buffer.count
    query.buffer.append(contentsOf: document.minified(index, text: query.buffer))
    return ParsedText(start: start, end: query.buffer.count, span: document.nodes[index].span)
  }

  // MARK: Types

  private mutating func decode(
    _ index: Int, _ context: String, _ type: String, _ fits: (JSONDocument.Node, [UInt8]) -> Bool
  ) {
    let node = document.nodes[index]
    if node.kind != .null, !fits(node, query.buffer) { mistype(index, context, type) }
  }

  private func isString(_ node: JSONDocument.Node, _ text: [UInt8]) -> Bool { node.kind == .string }

  private func isBoolean(_ node: JSONDocument.Node, _ text: [UInt8]) -> Bool {
    node.kind == .true || node.kind == .false
  }

  /// Go: an `int` takes digits only, no fraction and no exponent.
  private func isInteger(_ node: JSONDocument.Node, _ text: [UInt8]) -> Bool {
    node.kind == .number && Int64(String(decoding: text[node.range], as: UTF8.self)) != nil
  }

  /// Go: a number that is infinite as a float64 is none.
  private mutating func checkNumbers(_ index: Int, _ context: String) {
    for place in index..<Int(document.nodes[index].end)
    where document.nodes[place].kind == .number
      && BinaryRange.overflows(query.buffer, document.nodes[place].range)
    {
      fault(place, "number " + string(place), context, "float64")
    }
  }

  /// Go: `json: cannot unmarshal string into Go struct field FilterRequest.limit of type int`
  private mutating func mistype(_ index: Int, _ context: String?, _ type: String) {
    let noun: String
    switch document.nodes[index].kind {
    case .null: noun = "null"
    case .true, .false: noun = "bool"
    case .number: noun = type == "int" ? "number " + string(index) : "number"
    case .string: noun = "string"
    case .array: noun = "array"
    case .object: noun = "object"
    }
    fault(index, noun, context, type)
  }

  private mutating func fault(_ index: Int, _ noun: String, _ context: String?, _ type: String) {
    guard !hasFault else { return }
    hasFault = true
    let place = context.map { "Go struct field \($0)" } ?? "Go value"
    bag.report(
      Diagnostic(
        .wrongShape(expected: Self.expected(type), found: noun), document.nodes[index].span,
        parameter: document.pointer(to: index, text: query.buffer),
        serverAnswer: ServerAnswer(
          system, status: 400, message: "json: cannot unmarshal \(noun) into \(place) of type \(type)")))
  }

  private static func expected(_ type: String) -> String {
    switch type {
    case "int": "a whole number"
    case "string": "a string"
    case "bool": "true or false"
    case "float64": "a number within the range of a float64"
    default: type.hasPrefix("[]") ? "an array" : type.hasSuffix("Operator") ? "a string" : "an object"
    }
  }

  // MARK: Text

  /// A name in small letters. Go: as Unicode folds them, so that two letters beyond ASCII count, too.
  private func folded(_ index: Int) -> String {
    string(index).asciiLowercased.replacingScalars(["\u{212A}": "k", "\u{017F}": "s"])
  }

  /// `api.FilterRequest` is `FilterRequest` in a field's name.
  private func typeName(_ type: String) -> Substring { type.split(separator: ".").last ?? "" }

  private func text(_ index: Int) -> ParsedText {
    let node = document.nodes[index]
    return ParsedText(start: node.range.lowerBound, end: node.range.upperBound, span: node.span)
  }

  private func string(_ index: Int) -> String {
    String(decoding: query.buffer[document.nodes[index].range], as: UTF8.self)
  }

  private func string(of text: ParsedText) -> String { query.string(of: text) }

  private mutating func warn(_ problem: Problem, _ index: Int) {
    bag.report(
      problem, document.nodes[index].span, severity: .warning,
      parameter: bag.isFullOfWarnings ? nil : document.pointer(to: index, text: query.buffer))
  }
}

extension String {
  fileprivate func replacingScalars(_ table: [Unicode.Scalar: Unicode.Scalar]) -> String {
    var result = String.UnicodeScalarView()
    for scalar in unicodeScalars { result.append(table[scalar] ?? scalar) }
    return String(result)
  }
}
