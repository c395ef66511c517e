package import TamisModel
package import TamisSyntax

/// How each query dialect spells the operators: the one place where names of operators stand.
package final class OperatorSpellings: Sendable {
  package let names: [String]
  package let operators: [Operator]
  private let table: NameTable
  private let foldsCase: Bool
  /// For each name whether a longer one ends with `_` and it: `in`, because of `not_in`.
  private let endsLongerName: [Bool]

  private init(_ rows: [(String, Operator)], foldsCase: Bool = false) {
    let names = rows.map(\.0)
    self.names = names
    endsLongerName = names.map { name in names.contains { $0.hasSuffix("_" + name) } }
    operators = rows.map(\.1)
    table = NameTable(names)
    self.foldsCase = foldsCase
  }

  /// Bytes of the longest spelling: no longer suffix can be an operator.
  package var longest: Int { table.longest }

  package func operation(_ bytes: [UInt8], _ range: Range<Int>) -> Operator? {
    index(bytes, range).map { operators[$0] }
  }

  /// The operator that a name ends with, and whether a longer operator might end the same name.
  package func ending(_ bytes: [UInt8], _ range: Range<Int>) -> (operation: Operator, mayBeLonger: Bool)? {
    index(bytes, range).map { (operators[$0], endsLongerName[$0]) }
  }

  private func index(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
    if let index = table.index(of: bytes, range) { return index }
    guard foldsCase, range.count <= longest, bytes[range].contains(where: { $0 &- 65 < 26 }) else {
      return nil
    }
    let folded = bytes[range].map { $0 &- 65 < 26 ? $0 | 0x20 : $0 }
    return table.index(of: folded, 0..<folded.count)
  }

  /// The preferred spelling of an operator, for messages.
  package func name(of operation: Operator) -> String {
    operators.firstIndex(of: operation).map { names[$0] } ?? operation.name
  }

  package static func of(_ spelling: ParsedSpelling) -> OperatorSpellings {
    switch spelling {
    case .suffix: suffix
    case .bracket, .exists: bracket
    case .jsonAPI: jsonAPI
    case .jsonAPIKeys: jsonAPIKeys
    case .body: body
    }
  }

  /// Every operator by its canonical name.
  private static let canonical: [(String, Operator)] = Operator.allCases
    .filter { $0 != .exists && $0 != .jsonContains }
    .map { ($0.name, $0) }

  // Blnk: on GET any letter case, and `neq`, `gteq`, `lteq` beside the short names.
  private static let suffix = OperatorSpellings(
    canonical + [
      ("neq", .notEqual), ("gteq", .greaterOrEqual), ("lteq", .lessOrEqual), ("not_in", .isNotIn),
      ("before", .lessOrEqual), ("strictly_before", .less), ("after", .greaterOrEqual),
      ("strictly_after", .greater),
    ], foldsCase: true)

  // API Platform: before and after include their bound.
  private static let bracket = OperatorSpellings(
    [
      ("before", .lessOrEqual), ("strictly_before", .less), ("after", .greaterOrEqual),
      ("strictly_after", .greater),
    ] + canonical)

  private static let jsonAPI = OperatorSpellings(
    canonical + [("not", .isNotIn), ("not_in", .isNotIn)])

  // AnimeThemes: `not` is a word of its own, read by the name resolver.
  private static let jsonAPIKeys = OperatorSpellings(canonical)

  private static let body = OperatorSpellings(
    canonical + [
      ("json_contains", .jsonContains), ("before", .lessOrEqual), ("strictly_before", .less),
      ("after", .greaterOrEqual), ("strictly_after", .greater),
    ])
}
