/// A key of a PHP array: a canonical decimal number is an integer, whatever it was written as.
package enum PHPKey {
  /// PHP: `0`, `-5` and `31` are integers; `01`, `-0`, `+1`, `1.5` and what 64 bits do not hold are texts.
  package static func integer(_ bytes: some Collection<UInt8>) -> Int? {
    guard let first = bytes.first else { return nil }
    let isNegative = first == UInt8(ascii: "-")
    let digits = isNegative ? bytes.dropFirst() : bytes[bytes.startIndex...]
    guard let leading = digits.first, leading &- 48 < 10, digits.count <= 19 else { return nil }
    if leading == UInt8(ascii: "0"), bytes.count > 1 { return nil }
    var number = 0
    for digit in digits {
      guard digit &- 48 < 10 else { return nil }
      let (tens, isOver) = number.multipliedReportingOverflow(by: 10)
      let step = Int(digit &- 48)
      let (sum, isFull) =
        isNegative ? tens.subtractingReportingOverflow(step) : tens.addingReportingOverflow(step)
      if isOver || isFull { return nil }
      number = sum
    }
    return number
  }
}

extension ParsedQuery {
  /// Whether a segment of a name is an integer key of a PHP array.
  package func isIntegerKey(_ segment: ParsedText) -> Bool {
    PHPKey.integer(bytes(of: segment)) != nil
  }
}
