import TamisModel

/// One clause as an operator with its operands, as a client would write it.
struct ClauseText {
  enum Operand {
    case text([UInt8])
    case number([UInt8])
    case boolean(Bool)
    case json([UInt8])

    static func text(_ text: String) -> Operand { .text(Array(text.utf8)) }

    /// As a URL has it, before escaping.
    var bytes: [UInt8] {
      switch self {
      case .text(let bytes), .number(let bytes), .json(let bytes): bytes
      case .boolean(let flag): Array((flag ? "true" : "false").utf8)
      }
    }
  }

  var operation: Operator
  var operands: [Operand] = []
  /// For `exists`.
  var flag = true
  /// What is written is the opposite, in a `not`.
  var isDenied = false
}
