import TamisModel

/// The way to a criterion through its groups: `or`, member 0, `not` of `filter[or][0][not][usage][gte]`. What is
/// left of the name is the criterion's own.
struct GroupPath {
  struct Step {
    var word: GroupWord
    var text: ParsedText
    /// The number of a member, or the relation of `any`.
    var argument: ParsedText?
  }

  enum Fault: Error {
    /// Where a member's number should be, there is nothing, or there may be none.
    case index
    case leadingZero
    case notANumberedGroup
    case emptyField
    case tooDeep
  }

  var steps: [Step] = []
  /// How many segments of the name the groups take.
  private(set) var length = 0

  // group = ( "and" / "or" ) [ "[" number "]" ] / "not" / "any" "[" relation "]"
  init(_ query: ParsedQuery, _ segments: [ParsedText], depth: Int) throws(Fault) {
    while length + 1 < segments.count, let word = GroupWord(query.buffer, segments[length].range) {
      guard steps.count < depth else { throw .tooDeep }
      var step = Step(word: word, text: segments[length])
      let next = segments[length + 1]
      length += 1
      switch word {
      case .and, .or:
        if next.isEmpty { throw .index }
        if Self.isNumber(query.buffer, next.range) {
          try Self.checkZero(query.buffer, next.range)
          step.argument = next
          length += 1
        }
      case .not: if Self.isNumber(query.buffer, next.range) { throw .notANumberedGroup }
      case .any:
        if next.isEmpty { throw .emptyField }
        step.argument = next
        length += 1
      }
      steps.append(step)
    }
    guard length < segments.count, !segments[length].isEmpty else { throw .emptyField }
  }

  private static func isNumber(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    !range.isEmpty && bytes[range].allSatisfy { $0 &- 48 < 10 }
  }

  /// `01` and `1` would be two names for one member.
  private static func checkZero(_ bytes: [UInt8], _ range: Range<Int>) throws(Fault) {
    if range.count > 1, bytes[range.lowerBound] == UInt8(ascii: "0") { throw .leadingZero }
  }
}
