import TamisModel

/// Operand text: how a client may write a value.
enum OperandSpelling {
  /// The plainest text that reads as the value.
  static func plain(_ value: ReferenceValue, offsetMinutes: Int) -> String {
    switch value {
    case .null: ""
    case .text(let scalars): ValueSpelling.string(scalars)
    case .number(let number): number.description
    case .boolean(let flag): flag ? "true" : "false"
    case .uuid(let text): text
    case .day(let day): ValueSpelling.date(day)
    case .instant(let instant): timestamp(instant)
    case .enumeration(let name, _): name
    case .json(let tree): tree.description
    }
  }

  static func timestamp(_ instant: Int) -> String {
    let local = ValueSpelling.local(instant, offsetMinutes: 0)
    return ValueSpelling.date(local.day) + "T" + ValueSpelling.clock(local.micros / 1_000_000) + "."
      + ValueSpelling.digits(local.micros % 1_000_000, 6) + "Z"
  }
}
