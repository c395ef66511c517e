import TamisJSON
import TamisModel
import TamisPlanner

/// Reads values out of a JSON document, and reports what is not as it should be, with its place.
struct ObjectReader {
  let document: JSONDocument
  var bag = DiagnosticBag(limit: 100)

  /// An object's members by their names.
  struct Members {
    let index: Int
    fileprivate let values: [String: Int]

    subscript(_ name: String) -> Int? { values[name] }
  }

  // MARK: Objects

  /// Nil, and a report, for another value. Members that mean nothing are reported with the nearest that does.
  mutating func object(
    _ index: Int, _ noun: String, known: [String], required: [String] = []
  ) -> Members? {
    guard expect(.object, index, noun) else { return nil }
    var values: [String: Int] = [:]
    for member in document.members(of: index) {
      let name = document.string(at: member.name)
      if known.contains(name) {
        values[name] = member.value
      } else {
        report(.unknownMember(name: name), member.name, suggestion: NearestName.find(name, among: known))
      }
    }
    for name in required where values[name] == nil { report(.missingMember(name: name), index) }
    return Members(index: index, values: values)
  }

  /// The one of these members that an object has; none or several are reported.
  mutating func only(_ names: [String], of members: Members) -> String? {
    let given = names.filter { members[$0] != nil }
    if given.isEmpty { report(.missingMember(name: names.joined(separator: " or ")), members.index) }
    if given.count > 1, let second = members[given[1]] {
      report(.conflictingParameters(name: given[0], other: given[1]), second)
    }
    return given.first
  }

  // MARK: Scalars

  mutating func string(_ index: Int?) -> String? {
    guard let index, expect(.string, index, "a string") else { return nil }
    return document.string(at: index)
  }

  mutating func boolean(_ index: Int?) -> Bool? {
    guard let index else { return nil }
    switch document.nodes[index].kind {
    case .true: return true
    case .false: return false
    case .null, .number, .string, .array, .object:
      report(.wrongShape(expected: "true or false", found: noun(index)), index)
      return nil
    }
  }

  mutating func integer(_ index: Int?) -> Int? { integer64(index).map(Int.init(clamping:)) }

  /// A whole number however it is spelled: `10`, `1e1`.
  mutating func integer64(_ index: Int?) -> Int64? {
    guard let index, expect(.number, index, "a whole number") else { return nil }
    let text = document.string(at: index)
    if let number = Int64(text) ?? Decimal(text, digitLimit: 40).flatMap({ Int64($0.text) }) { return number }
    report(.outOfRange(text: text, type: FieldType.integer.noun), index)
    return nil
  }

  /// One of a list of words.
  mutating func word<Word: RawRepresentable & CaseIterable>(_ index: Int?) -> Word?
  where Word.RawValue == String {
    guard let index, let text = string(index) else { return nil }
    if let word = Word(rawValue: text) { return word }
    let known = Word.allCases.map(\.rawValue)
    report(
      .unknownCase(text: text, cases: known), index, suggestion: NearestName.find(text, among: known))
    return nil
  }

  // MARK: Lists

  /// The items of an array, as many as are allowed.
  mutating func items(_ index: Int?, _ noun: String, limit: Int = ResourceFile.itemLimit) -> ArraySlice<Int> {
    guard let index, expect(.array, index, noun) else { return [] }
    let items = document.items(of: index)
    if items.count > limit { report(.tooManyItems(limit: limit), items[limit]) }
    return items.prefix(limit)
  }

  mutating func strings(_ index: Int?) -> [String]? {
    guard let index else { return nil }
    return items(index, "an array of strings").compactMap { string($0) }
  }

  // MARK: Reports

  @discardableResult
  mutating func expect(_ kind: JSONDocument.Kind, _ index: Int, _ expected: String) -> Bool {
    if document.nodes[index].kind == kind { return true }
    report(.wrongShape(expected: expected, found: noun(index)), index)
    return false
  }

  mutating func report(_ problem: Problem, _ index: Int, suggestion: String? = nil) {
    guard !bag.isFull else { return bag.report(problem, document.nodes[index].span) }
    bag.report(
      problem, document.nodes[index].span, parameter: document.pointer(to: index), suggestion: suggestion)
  }

  func noun(_ index: Int) -> String {
    switch document.nodes[index].kind {
    case .null: "null"
    case .true, .false: "a boolean"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}
