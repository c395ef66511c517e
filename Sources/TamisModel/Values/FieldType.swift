/// The logical type of a field: what its operands are read as, and how two of its values compare.
public enum FieldType: Hashable, Sendable {
  /// UTF-8, compared by bytes (which is code point order), case-sensitive, never trimmed or normalised.
  case text
  /// 64 bits, signed.
  case integer
  /// An integer of any size, exact.
  case bigInteger
  /// A decimal number with at most `precision` digits, `scale` of them after the point; exact.
  case decimal(precision: Int, scale: Int)
  case boolean
  case uuid
  /// A calendar day.
  case date
  /// An instant, to the microsecond.
  case timestamp
  case enumeration(Enumeration)
  /// A JSON document whose keys can be compared: `meta_data.tier`.
  case json

  /// The noun used in diagnostics.
  public var noun: String {
    switch self {
    case .text: "text"
    case .integer: "integer"
    case .bigInteger: "integer"
    case .decimal: "decimal number"
    case .boolean: "boolean (true or false)"
    case .uuid: "UUID"
    case .date: "date"
    case .timestamp: "date or time (ISO 8601)"
    case .enumeration: "case name"
    case .json: "JSON document"
    }
  }
}

/// The closed list of an enumeration field: public names and what is stored for each.
public struct Enumeration: Hashable, Sendable {
  /// What a column holds for one case.
  public enum StoredValue: Hashable, Sendable, Comparable {
    case integer(Int64)
    case text(String)

    public static func < (left: StoredValue, right: StoredValue) -> Bool {
      switch (left, right) {
      case (.integer(let first), .integer(let second)): first < second
      case (.text(let first), .text(let second)):
        first.utf8.lexicographicallyPrecedes(second.utf8)
      case (.integer, .text): true
      case (.text, .integer): false
      }
    }
  }

  public struct Case: Hashable, Sendable {
    /// What clients write and records show.
    public var name: String
    public var stored: StoredValue

    public init(_ name: String, stored: StoredValue) {
      self.name = name
      self.stored = stored
    }
  }

  public let cases: [Case]
  /// Whether a client may write a name in any ASCII case (`aws` for `AWS`).
  public let matchesAnyCase: Bool
  /// For each case its place in the order of stored values, which is the order of a sort.
  package let ranks: [Int]
  private let names: NameTable
  private let foldedNames: NameTable

  public init(_ cases: [Case], matchesAnyCase: Bool = false) {
    self.cases = cases
    self.matchesAnyCase = matchesAnyCase
    let order = cases.indices.sorted { cases[$0].stored < cases[$1].stored }
    var ranks = Array(repeating: 0, count: cases.count)
    for (rank, index) in order.enumerated() { ranks[index] = rank }
    self.ranks = ranks
    names = NameTable(cases.map(\.name))
    foldedNames = NameTable(cases.map { $0.name.asciiLowercased })
  }

  /// Cases whose stored value is their name.
  public init(_ names: [String], matchesAnyCase: Bool = false) {
    self.init(names.map { Case($0, stored: .text($0)) }, matchesAnyCase: matchesAnyCase)
  }

  /// The index of the case with this name.
  package func index(of bytes: [UInt8], _ range: Range<Int>) -> Int? {
    if let exact = names.index(of: bytes, range) { return exact }
    guard matchesAnyCase else { return nil }
    let folded = bytes[range].map { $0 &- 65 < 26 ? $0 | 0x20 : $0 }
    return foldedNames.index(of: folded, 0..<folded.count)
  }

  public static func == (left: Enumeration, right: Enumeration) -> Bool {
    left.cases == right.cases && left.matchesAnyCase == right.matchesAnyCase
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(cases)
  }
}

extension String {
  /// A–Z folded to a–z, nothing else.
  package var asciiLowercased: String {
    String(decoding: utf8.map { $0 &- 65 < 26 ? $0 | 0x20 : $0 }, as: UTF8.self)
  }
}
