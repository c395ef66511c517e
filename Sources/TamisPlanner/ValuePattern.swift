import TamisModel
import TamisRegex

/// A resource's pattern for a field's values, compiled once at start-up.
struct ValuePattern: Sendable {
  let text: String
  /// The whole of a value has to match.
  let matcher: RegexMatcher

  /// By field; empty where no field has one. A pattern that is none is a fault of the resource.
  static func table(of resource: Resource, _ faults: inout [String]) -> [ValuePattern?] {
    var patterns: [ValuePattern?] = []
    for index in 0..<resource.fieldCount {
      let field = resource.field(FieldID(index))
      guard let text = field.valuePattern else { continue }
      if patterns.isEmpty { patterns = Array(repeating: nil, count: resource.fieldCount) }
      do {
        patterns[index] = ValuePattern(
          text: text, matcher: try RegexMatcher(Array(text.utf8), isWhole: true))
      } catch {
        faults.append(
          "the value pattern of '\(field.name)' is invalid at byte \(error.bytes.lowerBound): \(error.reason)"
        )
      }
    }
    return patterns
  }
}
