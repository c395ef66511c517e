import TamisModel
import TamisSyntax

/// Pass 5: page settings within the resource's bounds, as a limit and an offset.
extension PlanningSession {
  mutating func resolvePage() {
    var settings = PageSettings()
    for setting in parsed.page {
      let name = string(setting.name)
      guard isOffered(setting.kind) else {
        // A real server that has no such member passes over it like any other that it does not know.
        if planner.compatibility != nil {
          let span = setting.name.span.union(setting.value.text.span)
          ignore(.unknownPageSetting(name: name), span, name)
          continue
        }
        report(.unknownPageSetting(name: name), setting.name.span, name, suggestion: offeredName)
        continue
      }
      if case .cursor = resource.paging, isSecond(setting, name, &settings) { continue }
      read(setting, name, into: &settings)
    }
    apply(settings)
  }

  private struct PageSettings {
    var limit: Int?
    var offset: Int?
    var number: (value: Int, setting: ParsedPageSetting)?
    /// The settings that have given a limit and a cursor.
    var size: ParsedPageSetting?
    var cursor: ParsedPageSetting?
  }

  private func isOffered(_ kind: ParsedPageSetting.Kind) -> Bool {
    switch (resource.paging, kind) {
    case (.limitOffset, .limit), (.limitOffset, .offset), (.pages, .number), (.cursor, .limit),
      (.cursor, .size), (.cursor, .cursor), (.cursor, .after), (.cursor, .before):
      true
    case (.pages(_, let maximum), .size): maximum != nil
    case (.limitOffset, _), (.pages, _), (.cursor, _): false
    }
  }

  private var offeredName: String? {
    switch (resource.paging, dialect) {
    case (.limitOffset, .jsonAPI), (.limitOffset, .jsonAPIKeys): "page[limit]"
    case (.limitOffset, _): "limit"
    case (.pages, .jsonAPI), (.pages, .jsonAPIKeys): "page[number]"
    case (.pages, _): "page"
    case (.cursor, .jsonAPI), (.cursor, .jsonAPIKeys): "page[after]"
    case (.cursor, .bracket): "cursor"
    case (.cursor, _): "limit"
    }
  }

  /// Two names for one thing, `page[after]=…&page[before]=…`.
  private mutating func isSecond(
    _ setting: ParsedPageSetting, _ name: String, _ settings: inout PageSettings
  ) -> Bool {
    let first: ParsedPageSetting?
    switch setting.kind {
    case .limit, .size:
      first = settings.size
      settings.size = setting
    case .cursor, .after, .before:
      first = settings.cursor
      settings.cursor = setting
    case .offset, .number: first = nil
    }
    guard let first else { return false }
    if isRepetition(setting, of: first) { return true }
    report(.conflictingParameters(name: string(first.name), other: name), setting.name.span, name)
    return true
  }

  // Metronome: libraries send the token in the body, or in the query string; given twice, it has to be one token.
  private func isRepetition(_ setting: ParsedPageSetting, of first: ParsedPageSetting) -> Bool {
    guard planner.compatibility != nil, case .cursor = resource.paging else { return false }
    return parsed.bytes(of: setting.value.text).elementsEqual(parsed.bytes(of: first.value.text))
  }

  private mutating func read(_ setting: ParsedPageSetting, _ name: String, into settings: inout PageSettings)
  {
    switch setting.kind {
    case .limit, .size:
      settings.limit = number(setting, name, minimum: 1, maximum: maximumLimit)
    case .offset:
      settings.offset = number(setting, name, minimum: 0, maximum: .max)
    case .number:
      settings.number = number(setting, name, minimum: 1, maximum: .max).map { ($0, setting) }
    case .cursor, .after, .before: readCursor(setting, name)
    }
  }

  private var maximumLimit: Int {
    switch resource.paging {
    case .limitOffset(_, let maximum), .cursor(_, let maximum): maximum
    case .pages(let size, let maximum): maximum ?? size
    }
  }

  /// Page one begins at offset 0; a page whose offset overflows does not exist.
  private mutating func apply(_ settings: PageSettings) {
    if let limit = settings.limit { page.limit = limit }
    if let offset = settings.offset { page.offset = offset }
    guard let (number, setting) = settings.number else { return }
    let (offset, overflow) = (number - 1).multipliedReportingOverflow(by: page.limit)
    if overflow {
      reportPage(setting, string(setting.name), minimum: 1, maximum: Int.max / Swift.max(page.limit, 1))
    } else {
      page.offset = offset
    }
  }

  private mutating func number(
    _ setting: ParsedPageSetting, _ name: String, minimum: Int, maximum: Int
  ) -> Int? {
    let value = setting.value
    guard value.kind == .urlText || value.kind == .jsonNumber else {
      let found = value.kind == .absent ? setting.name.span : value.text.span
      report(.wrongShape(expected: "a whole number", found: JSONNoun.found(value.kind)), found, name)
      return nil
    }
    if value.kind == .jsonNumber, !isPlainNumber(value.text) {
      let found = "a number with a fraction or an exponent"
      report(.wrongShape(expected: "a whole number", found: found), value.text.span, name)
      return nil
    }
    guard let number = wholeNumber(value.text), number >= minimum, number <= maximum else {
      reportPage(setting, name, minimum: minimum, maximum: maximum)
      return nil
    }
    return number
  }

  /// Whole as it is written, however large.
  private func isPlainNumber(_ text: ParsedText) -> Bool {
    parsed.buffer[text.range].allSatisfy { $0 &- 48 < 10 || $0 == UInt8(ascii: "-") }
  }

  // Blnk: a plus sign is fine, where it is escaped. A minus sign is not, even before a zero.
  private func wholeNumber(_ text: ParsedText) -> Int? {
    var range = text.range
    guard parsed.buffer[range].first != UInt8(ascii: "-") else { return nil }
    if range.count > 1, parsed.buffer[range.lowerBound] == UInt8(ascii: "+") {
      range = (range.lowerBound + 1)..<range.upperBound
      guard parsed.buffer[range.lowerBound] &- 48 < 10 else { return nil }
    }
    return Coercion.plainInteger(parsed.buffer, range).map { Int(clamping: $0) }
  }

  private mutating func reportPage(
    _ setting: ParsedPageSetting, _ name: String, minimum: Int, maximum: Int
  ) {
    let text = setting.value.text
    report(
      .pageOutOfBounds(name: name, text: string(text), minimum: minimum, maximum: maximum), text.span, name)
  }
}
