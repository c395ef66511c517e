/// The forms of dates and times that PHP's scanner knows and that hold no words, in the scanner's order: of two that
/// match as far, the first counts.
enum PHPDateForm: CaseIterable, Sendable {
  case secondsSince1970, secondsWithFraction
  case time, digitTime, longDigitTime
  case monthDay, monthDayYear
  case isoDate, isoSlashed, slashed, shortIsoDate, signedYear, yearMonth, looseDate
  case pointed, shortPointed, digitDate
  case dateTime, looseDateTime, digitDateTime, allDigitDateTime, imageDateTime
  case ordinal, weekday, week, year, offset, zone

  private static let table = allCases.map(\.definition)

  /// The form that matches furthest at a place, and where it ends.
  static func longest(_ text: ArraySlice<UInt8>, at place: Int) -> (form: PHPDateForm, end: Int)? {
    var best: (form: PHPDateForm, end: Int)?
    for (form, shape) in zip(allCases, table) {
      guard let end = shape.ends(text, [place]).max(), end > best?.end ?? place else { continue }
      best = (form, end)
    }
    return best
  }

  private var definition: PHPDateShape {
    typealias S = PHPDateShape
    return switch self {
    case .secondsSince1970: .sequence(["@", .optional("-"), .digits(1...PHPDate.longest)])
    case .secondsWithFraction:
      .sequence(["@", .optional("-"), .digits(1...PHPDate.longest), ".", .digits(0...6)])
    case .time:
      .either([
        .sequence([S.t, S.hour24]),
        .sequence([
          .optional(S.t), S.hour24, S.colon, S.minute,
          .optional(.sequence([S.colon, S.second, .optional(S.fraction)])),
        ]),
      ])
    case .digitTime: .sequence([.optional(S.t), S.hour24Padded, S.minutePadded])
    case .longDigitTime: .sequence([.optional(S.t), S.hour24Padded, S.minutePadded, S.secondPadded])
    case .monthDay: .sequence([S.month, "/", S.day])
    case .monthDayYear: .sequence([S.month, "/", S.day, "/", .digits(1...4)])
    case .isoDate: .sequence([.optional(S.sign), S.year4, "-", S.monthPadded, "-", S.dayPadded])
    case .isoSlashed: .sequence([S.year4, "/", S.monthPadded, "/", S.dayPadded, .optional("/")])
    case .slashed: .sequence([S.year4, "/", S.month, "/", S.day])
    case .shortIsoDate: .sequence([.digits(2...2), "-", S.monthPadded, "-", S.dayPadded])
    case .signedYear: .sequence([S.sign, .digits(5...19), "-", S.monthPadded, "-", S.dayPadded])
    case .yearMonth: .sequence([S.year4, "-", S.month])
    case .looseDate: .sequence([.digits(1...4), "-", S.month, "-", S.day])
    case .pointed: .sequence([S.day, .of([0x2E, 0x09, 0x2D]), S.month, .of([0x2E, 0x2D]), S.year4])
    case .shortPointed: .sequence([S.day, .of([0x2E, 0x09]), S.month, ".", .digits(2...2)])
    case .digitDate: .sequence([S.year4, S.monthPadded, S.dayPadded])
    case .dateTime:
      .sequence([
        S.year4, "-", S.monthPadded, "-", S.dayPadded, "T", S.hour24Padded, ":", S.minutePadded, ":",
        S.secondPadded,
        S.fraction, .optional(S.offset),
      ])
    case .looseDateTime:
      .sequence([S.year4, "-", S.month, "-", S.day, "T", S.hour24, ":", S.minute, ":", S.second])
    case .digitDateTime:
      .sequence([
        S.year4, S.monthPadded, S.dayPadded, "T", S.hour24, ":", S.minutePadded, ":", S.secondPadded,
      ])
    case .allDigitDateTime:
      .sequence([S.year4, S.monthPadded, S.dayPadded, S.t, S.hour24, S.minutePadded, S.secondPadded])
    case .imageDateTime:
      .sequence([
        S.year4, ":", S.monthPadded, ":", S.dayPadded, " ", S.hour24Padded, ":", S.minutePadded, ":",
        S.secondPadded,
      ])
    case .ordinal: .sequence([S.year4, .optional(.of([0x2E, 0x2D])), S.dayOfYear])
    case .weekday: .sequence([S.year4, .optional("-"), "W", S.week, .optional("-"), .bytes(0x30...0x37)])
    case .week: .sequence([S.year4, .optional("-"), "W", S.week])
    case .year: S.year4
    case .offset: S.offset
    case .zone: S.zoneName
    }
  }
}
