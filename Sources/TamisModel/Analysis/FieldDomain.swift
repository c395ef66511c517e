/// What a field can hold at all, and how its operands stand in that order.
struct FieldDomain {
  let field: Field
  /// Inside a JSON document: any type, and perhaps missing.
  let isPath: Bool

  /// The numbers of one scale have neighbours, so that nothing lies between 5 and 6.
  private enum Steps {
    case whole
    case scale(Int)
    case none
  }

  private var steps: Steps {
    if isPath { return .none }
    switch field.type {
    case .integer, .boolean, .date, .timestamp, .enumeration: return .whole
    case .bigInteger: return .scale(0)
    case .decimal(_, let scale): return .scale(Swift.max(0, scale))
    case .text, .uuid, .json: return .none
    }
  }

  // MARK: Everything

  var notNull: ValueDomain { ValueDomain(allowsNull: false, [range]) }
  var onlyNull: ValueDomain { ValueDomain(allowsNull: field.isNullable || isPath, []) }

  private var range: ValueDomain.Interval {
    if isPath || field.type == .json { return .init(lower: .start(.number), upper: .end(.text)) }
    switch field.type {
    case .text, .uuid, .json: return whole(.text)
    case .integer: return whole(.number)
    case .bigInteger: return whole(.decimal)
    case .boolean: return numbers(from: 0, below: 2)
    case .date: return numbers(from: CalendarDate.minimumDays, below: CalendarDate.endDays)
    case .timestamp: return numbers(from: Timestamp.minimum, below: Timestamp.end)
    case .enumeration(let enumeration): return numbers(from: 0, below: Int64(enumeration.cases.count))
    case .decimal(let precision, let scale): return decimals(precision: precision, scale: scale)
    }
  }

  private func whole(_ kind: DomainValue.Kind) -> ValueDomain.Interval {
    .init(lower: .start(kind), upper: .end(kind))
  }

  private func numbers(from lower: Int64, below upper: Int64) -> ValueDomain.Interval {
    .init(lower: .before(.number(lower)), upper: .before(.number(upper)))
  }

  /// Below 10^(precision - scale) on both sides.
  private func decimals(precision: Int, scale: Int) -> ValueDomain.Interval {
    guard (1...2_000).contains(precision), (0...precision).contains(scale) else { return whole(.decimal) }
    let nines = Array(repeating: UInt8(ascii: "9"), count: precision)
    var text = Array(nines.dropLast(scale))
    if text.isEmpty { text = [UInt8(ascii: "0")] }
    if scale > 0 { text += [UInt8(ascii: ".")] + nines.suffix(scale) }
    return .init(
      lower: .before(.decimal([UInt8(ascii: "-")] + text)),
      upper: .before(.decimal(DecimalStep.next(text, scale: scale))))
  }

  // MARK: Cuts

  /// Where there are steps, every cut stands before the next value, so that equal sets have equal cuts.
  func before(_ value: DomainValue) -> DomainCut {
    guard case .scale(let scale) = steps, case .decimal(let text) = value,
      !DecimalStep.holds(text, scale: scale)
    else { return .before(value) }
    return .before(.decimal(DecimalStep.next(text, scale: scale)))
  }

  func after(_ value: DomainValue) -> DomainCut {
    switch (steps, value) {
    case (.whole, .number(let number)):
      number == .max ? .end(.number) : .before(.number(number + 1))
    case (.scale(let scale), .decimal(let text)): .before(.decimal(DecimalStep.next(text, scale: scale)))
    case (.whole, _), (.scale, _), (.none, _): .after(value)
    }
  }

  func point(_ value: DomainValue) -> ValueDomain.Interval {
    .init(lower: before(value), upper: after(value))
  }

  func intervals(_ comparison: Comparison, _ value: DomainValue) -> [ValueDomain.Interval] {
    let start = DomainCut.start(value.kind)
    let end = DomainCut.end(value.kind)
    return switch comparison {
    case .equal: [point(value)]
    case .notEqual: [.init(lower: start, upper: before(value)), .init(lower: after(value), upper: end)]
    case .less: [.init(lower: start, upper: before(value))]
    case .lessOrEqual: [.init(lower: start, upper: after(value))]
    case .greater: [.init(lower: after(value), upper: end)]
    case .greaterOrEqual: [.init(lower: before(value), upper: end)]
    }
  }

  /// The domain of a clause that is TRUE for these values of a kind, or for all others of it.
  func domain(_ intervals: [ValueDomain.Interval], isNegated: Bool, kind: DomainValue.Kind) -> ValueDomain {
    let meant =
      isNegated ? ValueDomain.complement(intervals, from: .start(kind), to: .end(kind)) : intervals
    return ValueDomain(allowsNull: false, meant).intersection(notNull)
  }
}
