/// `{3}`, `{3,}` or `{3,5}`.
struct RegexQuantifier {
  var minimum: Int
  /// Nil where there is none.
  var maximum: Int?
  /// Index of the byte after the brace.
  var end: Int

  // quantifier = "{" 1*5DIGIT [ "," [ 1*5DIGIT ] ] "}"
  init?(_ pattern: [UInt8], at start: Int) {
    var index = start + 1
    guard let first = Self.number(pattern, &index) else { return nil }
    minimum = first
    maximum = first
    if index < pattern.count, pattern[index] == UInt8(ascii: ",") {
      index += 1
      maximum = Self.number(pattern, &index)
    }
    guard index < pattern.count, pattern[index] == UInt8(ascii: "}") else { return nil }
    end = index + 1
  }

  private static func number(_ pattern: [UInt8], _ index: inout Int) -> Int? {
    var value = 0
    let start = index
    while index < pattern.count, index < start + 6, pattern[index] &- 48 < 10 {
      value = value * 10 + Int(pattern[index] &- 48)
      index += 1
    }
    return index > start ? value : nil
  }
}
