import TamisModel
import TamisSyntax

/// Pages: `page`, and where the resource lets clients choose, `itemsPerPage`, `pagination` and `partial`.
extension DeclaredFilterReading {
  mutating func readPage() {
    let isPaged = readSwitch(rules.pagingParameter, isOffered: rules.clientSwitchesPaging) ?? rules.isPaged
    // A partial page has the same records; it only is not counted.
    _ = readSwitch(rules.partialParameter, isOffered: rules.clientAsksForPartial)
    guard isPaged else {
      for name in [rules.pageParameter, rules.sizeParameter] {
        if let value = tree[name] { pass(value, .notSupported(feature: "pages here")) }
      }
      session.page = Page(limit: .max, offset: 0)
      return
    }
    let size = readSize() ?? session.page.limit
    let number = readNumber()
    guard size >= 0, number >= 1 else { return }
    if size == 0, number > 1, let value = tree[rules.pageParameter] {
      return refusePage(value, "Page should not be greater than 1 if limit is equal to 0", maximum: 1)
    }
    let (offset, isTooFar) = (number - 1).multipliedReportingOverflow(by: size)
    if isTooFar, let value = tree[rules.pageParameter] {
      return refusePage(value, nil, maximum: Int.max / Swift.max(size, 1))
    }
    session.page = Page(limit: size, offset: isTooFar ? 0 : offset)
  }

  // PHP: `true`, `1`, `on` and `yes` are true, in any letters, and whatever else is false.
  private mutating func readSwitch(_ name: String, isOffered: Bool) -> Bool? {
    guard let value = tree[name] else { return nil }
    guard isOffered else {
      pass(value, .unknownPageSetting(name: name))
      return nil
    }
    use(value)
    guard case .text(let leaf) = value else { return false }
    return PHPNumber.filteredBoolean(session.parsed.buffer, range(leaf)) ?? false
  }

  private mutating func readSize() -> Int? {
    guard let value = tree[rules.sizeParameter] else { return nil }
    guard rules.clientChoosesSize else {
      pass(value, .unknownPageSetting(name: rules.sizeParameter))
      return nil
    }
    use(value)
    let size = integer(value)
    if size < 0 {
      refuse(
        value,
        .pageOutOfBounds(
          name: rules.sizeParameter, text: value.firstLeaf.map(text) ?? "", minimum: 0, maximum: maximumSize),
        status: 400, answer: "Limit should not be less than 0")
    }
    return Swift.min(size, maximumSize)
  }

  private var maximumSize: Int {
    switch session.resource.paging {
    case .pages(_, let maximum): maximum ?? .max
    case .limitOffset(_, let maximum), .cursor(_, let maximum): maximum
    }
  }

  private mutating func readNumber() -> Int {
    guard let value = tree[rules.pageParameter] else { return 1 }
    guard case .text = value else {
      pass(value, .wrongShape(expected: "a whole number", found: "a list"))
      return 1
    }
    use(value)
    let number = integer(value)
    if number < 1 { refusePage(value, "Page should not be less than 1", maximum: .max) }
    return number
  }

  // PHP: a text is cast to the number that it begins with, an array to 1.
  private mutating func integer(_ value: FormValue) -> Int {
    guard case .text(let leaf) = value else { return 1 }
    let number = PHPNumber.integerCast(session.parsed.buffer, range(leaf))
    if PHPNumber.filteredInteger(session.parsed.buffer, range(leaf)) != number {
      session.ignore(
        .invalidValue(text: text(leaf), type: "whole number", reason: "it is read as \(number)"),
        valueSpan(leaf), name(leaf))
    }
    return number
  }

  private mutating func refusePage(_ value: FormValue, _ answer: String?, maximum: Int) {
    refuse(
      value,
      .pageOutOfBounds(
        name: rules.pageParameter, text: value.firstLeaf.map(text) ?? "", minimum: 1, maximum: maximum),
      status: 400, answer: answer)
  }
}
