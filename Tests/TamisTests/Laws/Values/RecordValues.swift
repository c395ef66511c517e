import Tamis
import TamisTesting

/// What the reference read of a record, as Swift values.
struct RecordValues {
  private let values: [String: ReferenceValue]

  init(_ values: [String: ReferenceValue]) {
    self.values = values
  }

  private subscript(name: String) -> ReferenceValue { values[name] ?? .null }

  func text(_ name: String) -> String? {
    switch self[name] {
    case .text(let scalars): String(String.UnicodeScalarView(scalars))
    case .uuid(let text): text
    default: nil
    }
  }

  func integer(_ name: String) -> Int? {
    if case .number(let number) = self[name] { Int(number.description) } else { nil }
  }

  func decimal(_ name: String) -> Decimal? {
    if case .number(let number) = self[name] { Decimal(number.description) } else { nil }
  }

  func boolean(_ name: String) -> Bool? {
    if case .boolean(let flag) = self[name] { flag } else { nil }
  }

  func day(_ name: String) -> CalendarDate? {
    if case .day(let day) = self[name] { CalendarDate(daysSinceEpoch: Int64(day)) } else { nil }
  }

  func instant(_ name: String) -> Int64? {
    if case .instant(let instant) = self[name] { Int64(instant) } else { nil }
  }

  func timestamp(_ name: String) -> Timestamp? {
    instant(name).map { Timestamp(microseconds: $0) }
  }

  /// An enumeration's public name.
  func name(_ name: String) -> String? {
    if case .enumeration(let name, _) = self[name] { name } else { nil }
  }

  func json(_ name: String) -> JSONTree? {
    if case .json(let tree) = self[name] { tree } else { nil }
  }
}

extension JSONValue {
  init(_ tree: JSONTree) {
    switch tree {
    case .null: self = .null
    case .boolean(let flag): self = .boolean(flag)
    case .number(let text): self = .number(Decimal(text) ?? Decimal(0))
    case .string(let text): self = .text(text)
    case .array(let items): self = .array(items.map(JSONValue.init))
    case .object(let members):
      self = .object(
        Dictionary(members.map { ($0.name, JSONValue($0.value)) }, uniquingKeysWith: { first, _ in first }))
    }
  }
}
