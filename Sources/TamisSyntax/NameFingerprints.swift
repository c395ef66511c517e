/// Tells, nearly for free, that no name of a request stands there twice: what a request nearly always is.
/// When that can not be told, the names are compared one by one, by `RepeatedNames`.
struct NameFingerprints {
  /// One mark for each name; its lowest bit says whether the name ends in `[]`.
  private var marks = [16 of UInt16](repeating: 0)
  private var count = 0
  private(set) var mayRepeat = false

  mutating func insert(_ name: LexedParameter, _ bytes: [UInt8], _ segments: [ParsedText]) {
    guard !mayRepeat, count < marks.count else {
      mayRepeat = true
      return
    }
    var brackets = name.brackets
    let isList = !brackets.isEmpty && segments[brackets.upperBound - 1].isEmpty
    if isList { brackets = brackets.dropLast() }
    var mark = 31 &+ Self.mark(bytes, name.root.range)
    for index in brackets { mark = mark &* 31 &+ Self.mark(bytes, segments[index].range) }
    mark &= 0xFFFE
    for index in 0..<count where marks[index] & 0xFFFE == mark {
      // Items of one list are no repetition; a list and a value of one name are.
      if !isList || marks[index] == mark { mayRepeat = true }
    }
    marks[count] = mark | (isList ? 1 : 0)
    count += 1
  }

  /// A few bytes tell most names apart.
  private static func mark(_ bytes: [UInt8], _ range: Range<Int>) -> UInt16 {
    guard let first = bytes[range].first, let last = bytes[range].last else { return 7 }
    let middle = bytes[range.lowerBound + range.count / 2]
    let other = bytes[range.lowerBound + range.count / 4]
    let low = UInt16(first) &* 37 &+ UInt16(middle)
    return (low &* 37 &+ UInt16(last)) &* 37 &+ UInt16(other) &+ UInt16(truncatingIfNeeded: range.count)
      &* 1_009
  }
}
