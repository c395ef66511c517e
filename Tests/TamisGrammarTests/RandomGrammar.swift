import TamisTesting

/// Small grammars over a, b and c, of every kind: ambiguous, left-recursive, empty, endless.
enum RandomGrammar {
  static func text(_ random: inout RandomSource) -> String {
    (0..<3).map { "r\($0) = \(expression(&random, 3))\n" }.joined()
  }

  private static func expression(_ random: inout RandomSource, _ depth: Int) -> String {
    switch depth == 0 ? random.below(4) : random.below(10) {
    case 0: return #"%s"a""#
    case 1: return #"%s"b""#
    case 2: return random.pick([#""c""#, "%x61-62", #""""#, #"%i"ab""#, "%x62.61", "%d97"])
    case 3: return "r\(random.below(3))"
    case 4, 5: return "( \(expression(&random, depth - 1)) / \(expression(&random, depth - 1)) )"
    case 6, 7: return "\(expression(&random, depth - 1)) \(expression(&random, depth - 1))"
    case 8: return "[ \(expression(&random, depth - 1)) ]"
    default:
      let count = random.pick(["*", "1*", "2", "1*2", "*2", "0*1"])
      return "\(count)( \(expression(&random, depth - 1)) )"
    }
  }
}
