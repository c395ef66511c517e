import TamisModel
import TamisSyntax

/// The rules that values are held to before anything is done with them.
extension PlanningSession {
  // AnimeThemes: values under `-not` and lists under a connective are not looked at.
  mutating func check(_ criterion: KeyChainCriterion, _ types: KeyChainTypes, _ rules: KeyChainRules) {
    let joint = criterion.key.joint
    let isChecked = criterion.isList ? joint != .and && joint != .or : joint != .not
    guard isChecked else { return }
    if criterion.isNull {
      return refuse(
        .emptyValue(type: "value"), criterion.span, criterion.name, criterion.attribute,
        "The \(criterion.attribute) field is required.")
    }
    let rule = KeyChainRule(criterion, types, rules)
    if criterion.isList {
      checkItems(criterion.items, rule, name: criterion.name, attribute: criterion.attribute)
    } else {
      checkValue(criterion.items[0], rule, criterion.name, criterion.attribute, shown: criterion.attribute)
    }
  }

  /// Gives whether all is well. In a list, messages show the last part of the attribute's name only.
  @discardableResult
  mutating func checkItems(
    _ items: [ParsedText], _ rule: KeyChainRule, name: String, attribute: String
  ) -> Bool {
    if let repeated = repeatedItem(items) {
      refuse(
        .repeatedParameter(name: string(repeated)), shownSpan(repeated), name, attribute,
        "You may not specify duplicates.")
      return false
    }
    let shown = attribute.split(separator: ".").last.map(String.init) ?? attribute
    return items.allSatisfy { checkValue($0, rule, name, attribute, shown: shown) }
  }

  // PHP: texts that are numbers are equal by value: `5` and `5.0` are duplicates, `aws` and `AWS` are not.
  private func repeatedItem(_ items: [ParsedText]) -> ParsedText? {
    var seen: Set<String> = []
    return items.first { !seen.insert(looseKey($0)).inserted }
  }

  /// Of an empty item, the byte before it: its comma, or the sign of equality.
  private func shownSpan(_ item: ParsedText) -> SourceSpan {
    item.span.count > 0 ? item.span : SourceSpan(Swift.max(0, item.span.start - 1), item.span.start)
  }

  private func looseKey(_ text: ParsedText) -> String {
    guard let number = PHPNumber.read(parsed.buffer, text.range) else { return "=" + string(text) }
    let digits = string(number.range)
    if number.kind == .integer, let integer = Int(digits), Int(exactly: Double(integer)) != integer {
      return "\(integer)"
    }
    guard let value = Double(digits), value.isFinite else { return "=" + string(text) }
    return "\(value == 0 ? 0 : value)"
  }

  @discardableResult
  private mutating func checkValue(
    _ text: ParsedText, _ rule: KeyChainRule, _ name: String, _ attribute: String, shown: String
  ) -> Bool {
    if text.isEmpty {
      refuse(.emptyValue(type: "value"), shownSpan(text), name, attribute, "The \(shown) field is required.")
      return false
    }
    guard let (problem, answer) = rule.fault(parsed.buffer, text.range, shown: shown) else { return true }
    var suggestion: String?
    if case .unknownCase(let found, let cases) = problem, !bag.isFull {
      suggestion = NearestName.find(found, among: cases)
    }
    refuse(problem, text.span, name, attribute, answer, suggestion: suggestion)
    return false
  }
}

/// What a value has to be, and how the server's validator says that it is not.
enum KeyChainRule {
  case field(Field)
  /// One of these names, and whether in any letter case.
  case names([String], inAnyCase: Bool)

  init(_ criterion: KeyChainCriterion, _ types: KeyChainTypes, _ rules: KeyChainRules) {
    switch criterion.key.subject {
    case .field(let name):
      self = types.field(name, of: criterion.scope).map { .field($0) } ?? .names([], inAnyCase: false)
    case .presence: self = .names(rules.relatedPaths.map(\.path), inAnyCase: false)
    case .trashed: self = .names(KeyChainTrash.allCases.map(\.rawValue), inAnyCase: true)
    }
  }

  func fault(_ bytes: [UInt8], _ range: Range<Int>, shown: String) -> (Problem, String)? {
    let text = String(decoding: bytes[range], as: UTF8.self)
    switch self {
    case .names(let names, let inAnyCase):
      let isKnown = names.contains {
        inAnyCase ? $0.asciiLowercased == text.asciiLowercased : $0 == text
      }
      return isKnown ? nil : (.unknownCase(text: text, cases: names), "The selected \(shown) is invalid.")
    case .field(let field):
      return Self.fault(of: field, bytes, range, shown: shown).map { answer in
        if let cases = field.enumeration?.cases {
          return (.unknownCase(text: text, cases: cases.map(\.name)), answer)
        }
        return (.invalidValue(text: text, type: field.type.noun, reason: nil), answer)
      }
    }
  }

  private static func fault(
    of field: Field, _ bytes: [UInt8], _ range: Range<Int>, shown: String
  ) -> String? {
    switch field.type {
    case .integer, .bigInteger:
      return PHPNumber.filteredInteger(bytes, range) == nil ? "The \(shown) must be an integer." : nil
    case .decimal: return PHPNumber.read(bytes, range) == nil ? "The \(shown) must be a number." : nil
    case .boolean:
      return PHPNumber.filteredBoolean(bytes, range) == nil
        ? "The \(shown) field must be true or false." : nil
    case .enumeration(let enumeration):
      return enumeration.index(of: bytes, range) == nil ? "The selected \(shown) is invalid." : nil
    case .date, .timestamp:
      guard case .invalid = KeyChainDate.read(bytes[range]) else { return nil }
      // Laravel: of the seven forms the first is named.
      return "The \(shown) does not match the format Y-m-d\\TH:i:s.u."
    case .text, .uuid, .json: return nil
    }
  }
}

/// What becomes of deleted records.
enum KeyChainTrash: String, CaseIterable {
  case with, without, only
}
