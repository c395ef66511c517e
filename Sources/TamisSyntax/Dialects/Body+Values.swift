import TamisJSON
import TamisModel

/// Values of a body, and what reads and reports them.
extension BodyParser {
  mutating func readValue(_ index: Int) -> ParsedValue { scalar(index) }

  /// `"values":[…]`: its items stand side by side; an array inside the array is one item.
  mutating func readList(_ index: Int) -> ParsedValue {
    var list = readValue(index)
    list.kind = .list
    let items = limitedItems(of: index)
    list.firstItem = UInt32(clamping: query.items.count)
    list.itemCount = UInt32(clamping: items.count)
    for item in items { query.items.append(scalar(item)) }
    return list
  }

  /// A parameter's value with what is inside it: an array's items side by side, an object's names and values in turn.
  /// No parameter is deeper than an array of objects of arrays; of what is deeper only the kind is known.
  mutating func readDeepValue(_ index: Int) -> ParsedValue {
    var value = readValue(index)
    readParts(of: &value, index, depth: 3)
    return value
  }

  private mutating func readParts(of value: inout ParsedValue, _ index: Int, depth: Int) {
    var parts: [ParsedValue] = []
    switch document.nodes[index].kind {
    case .array:
      for item in limitedItems(of: index) { parts.append(part(item, depth)) }
    case .object:
      for member in limitedMembers(of: index) {
        parts.append(ParsedValue(kind: .jsonString, text: text(member.name)))
        parts.append(part(member.value, depth))
      }
    case .null, .true, .false, .number, .string: return
    }
    value.firstItem = UInt32(clamping: query.items.count)
    value.itemCount = UInt32(clamping: parts.count)
    query.items += parts
  }

  private mutating func part(_ index: Int, _ depth: Int) -> ParsedValue {
    let kind = document.nodes[index].kind
    guard kind == .array || kind == .object else { return scalar(index) }
    // Its text is part of the whole value's, and not written out again at every level.
    let end = query.buffer.count
    var value = ParsedValue(
      kind: kind == .array ? .jsonArray : .jsonObject,
      text: ParsedText(start: end, end: end, span: document.nodes[index].span))
    if depth > 0 { readParts(of: &value, index, depth: depth - 1) }
    return value
  }

  private mutating func limitedMembers(of index: Int) -> ArraySlice<Member> {
    let members = document.members(of: index)
    if members.count > limits.listItems {
      report(.tooManyItems(limit: limits.listItems), members[limits.listItems].name)
    }
    return members.prefix(limits.listItems)
  }

  /// As many of an array's items as are allowed; the first beyond is reported.
  mutating func limitedItems(of index: Int) -> ArraySlice<Int> {
    let items = document.items(of: index)
    if items.count > limits.listItems {
      report(.tooManyItems(limit: limits.listItems), items[limits.listItems])
    }
    return items.prefix(limits.listItems)
  }

  private mutating func scalar(_ index: Int) -> ParsedValue {
    switch document.nodes[index].kind {
    case .null: ParsedValue(kind: .jsonNull, text: text(index))
    case .true: ParsedValue(kind: .jsonTrue, text: text(index))
    case .false: ParsedValue(kind: .jsonFalse, text: text(index))
    case .number: checked(ParsedValue(kind: .jsonNumber, text: text(index)), index)
    case .string: checked(ParsedValue(kind: .jsonString, text: text(index)), index)
    case .array: ParsedValue(kind: .jsonArray, text: minified(index))
    case .object: ParsedValue(kind: .jsonObject, text: minified(index))
    }
  }

  private mutating func checked(_ value: ParsedValue, _ index: Int) -> ParsedValue {
    if value.text.range.count > limits.valueBytes { report(.valueTooLong(limit: limits.valueBytes), index) }
    return value
  }

  private mutating func minified(_ index: Int) -> ParsedText {
    let start = query.buffer.count
    // The document's text is this buffer's beginning.
    query.buffer.append(contentsOf: document.minified(index, text: query.buffer))
    return ParsedText(start: start, end: query.buffer.count, span: document.nodes[index].span)
  }

  // names = [ *name ]
  mutating func readNames(_ index: Int) -> [ParsedText] {
    guard expect(.array, index, "an array of names") else { return [] }
    var names: [ParsedText] = []
    for item in limitedItems(of: index) where expect(.string, item, "a name") {
      if document.nodes[item].range.isEmpty {
        report(.emptyName, item)
      } else {
        names.append(text(item))
      }
    }
    return names
  }

  // MARK: The document

  func member(_ name: String, of index: Int) -> Int? {
    document.member(name, of: index, text: query.buffer)
  }

  func text(_ index: Int) -> ParsedText {
    let node = document.nodes[index]
    return ParsedText(start: node.range.lowerBound, end: node.range.upperBound, span: node.span)
  }

  func string(_ index: Int) -> String {
    String(decoding: query.buffer[document.nodes[index].range], as: UTF8.self)
  }

  // MARK: Reports

  /// A problem with the value, or the name, at `index`. Beyond the limit no pointer is looked up.
  mutating func report(_ problem: Problem, _ index: Int) {
    guard bag.diagnostics.count <= Swift.max(1, limits.diagnostics) else { return }
    bag.report(
      problem, document.nodes[index].span, parameter: document.pointer(to: index, text: query.buffer))
  }

  mutating func expect(_ kind: JSONDocument.Kind, _ index: Int, _ noun: String) -> Bool {
    if document.nodes[index].kind == kind { return true }
    report(.wrongShape(expected: noun, found: Self.noun(document.nodes[index].kind)), index)
    return false
  }

  private static func noun(_ kind: JSONDocument.Kind) -> String {
    switch kind {
    case .null: "null"
    case .true, .false: "a boolean"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}
