import TamisJSON
import TamisModel

/// How pages are cut, as far as the parameters tell.
struct PageDraft {
  private var number = false
  private var size: Setting?
  private var limit: Setting?
  private var offset = false
  private var cursor = false

  private struct Setting {
    var fallback: Int?
    var maximum: Int?
  }

  /// False for a name that is no setting of a page.
  @discardableResult
  mutating func read(_ name: String, _ schema: SchemaFacts, schemas: SchemaReader) -> Bool {
    let setting = Setting(
      fallback: schema.fallback.flatMap { Int(schemas.document.string(at: $0)) },
      maximum: schema.maximum.flatMap { Int($0) })
    switch name {
    case "page", "number": number = true
    case "itemsPerPage", "size": size = setting
    case "limit": limit = setting
    case "offset": offset = true
    case "cursor": cursor = true
    default: return false
    }
    return true
  }

  /// The paging, and what had to be assumed.
  func paging() -> (paging: Paging, notes: [ImportNote]) {
    if cursor {
      return (
        .cursor(defaultLimit: bounds(limit).size, maximumLimit: bounds(limit).maximum),
        assumed(limit, "limit")
      )
    }
    if limit != nil || offset {
      let (size, maximum) = bounds(limit)
      return (.limitOffset(defaultLimit: size, maximumLimit: maximum), assumed(limit, "limit"))
    }
    if let size {
      return (
        .pages(defaultSize: bounds(size).size, maximumSize: bounds(size).maximum), assumed(size, "page size")
      )
    }
    if number {
      return (
        .pages(defaultSize: Self.assumedSize, maximumSize: nil),
        [ImportNote("page", "the size of a page is not said: \(Self.assumedSize) is assumed")]
      )
    }
    return (
      .limitOffset(defaultLimit: 20, maximumLimit: 100),
      [ImportNote("page", "there is no parameter for pages: limit and offset are assumed")]
    )
  }

  private static let assumedSize = 30
  private static let assumedMaximum = 100

  private func bounds(_ setting: Setting?) -> (size: Int, maximum: Int) {
    let size = Swift.max(1, setting?.fallback ?? Swift.min(Self.assumedSize, setting?.maximum ?? .max))
    return (size, Swift.max(size, setting?.maximum ?? Self.assumedMaximum))
  }

  private func assumed(_ setting: Setting?, _ name: String) -> [ImportNote] {
    let (size, maximum) = bounds(setting)
    var parts: [String] = []
    if setting?.fallback == nil { parts.append("\(size) unless asked") }
    if setting?.maximum == nil { parts.append("at most \(maximum)") }
    return parts.isEmpty
      ? [] : [ImportNote(name, "the document does not say: \(parts.joined(separator: ", ")) is assumed")]
  }
}
