import TamisModel
import TamisPlanner
import TamisSyntax

/// One criterion of a query string: its field with keys, its operator and operands.
struct URLClause {
  let name: String
  var text: ClauseText
  let spelling: ParsedSpelling
  /// Where a name alone, or API Platform's own word, is read in another way: in the mixed dialect a name is read as
  /// suffix, and a declared filter may have a meaning of its own for both.
  let spellsOperators: Bool
  let field: Field
  /// Whether it begins another alternative of a chain: `filter[usage-gt-or]`.
  var isAlternative = false

  /// The name's segments, after those of its groups.
  func name(_ groups: [String]) -> [String] {
    groups + own
  }

  private var own: [String] {
    let hasPlainList = text.operation == .isIn && text.operands.count > 1
    switch spelling {
    case .suffix: return [name + "_" + text.operation.name]
    case .jsonAPI: return text.operation == .equal || hasPlainList ? [name] : [name, text.operation.name]
    case .jsonAPIKeys:
      let words = text.operation == .equal || hasPlainList ? [name] : [name, text.operation.name]
      return [(words + (isAlternative ? ["or"] : [])).joined(separator: "-")]
    case .bracket, .exists, .body:
      if text.operation == .exists { return ["exists", name] }
      return text.operation == .equal && !spellsOperators ? [name] : [name, bracketOperator]
    }
  }

  /// API Platform's own names for times.
  private var bracketOperator: String {
    switch field.type {
    case .date, .timestamp:
      spellsOperators ? text.operation.name : OperatorSpellings.of(.bracket).name(of: text.operation)
    case .text, .integer, .bigInteger, .decimal, .boolean, .uuid, .enumeration, .json: text.operation.name
    }
  }

  // MARK: The value

  func appendValue(to output: inout [UInt8]) {
    output.append(UInt8(ascii: "="))
    switch text.operation.arity {
    case .none: output.append(contentsOf: "true".utf8)
    case .flag: output.append(contentsOf: (text.flag ? "true" : "false").utf8)
    case .one: append(0, escaping: hasCommaLists ? "," : "", to: &output)
    case .list: appendItems(separator: ",", to: &output)
    case .two:
      switch spelling {
      case .suffix: appendItems(separator: "|", to: &output)
      case .bracket, .exists: appendRange(to: &output)
      case .jsonAPI, .jsonAPIKeys, .body: appendItems(separator: ",", to: &output)
      }
    }
  }

  /// Where a raw comma makes a list of any value.
  private var hasCommaLists: Bool { spelling == .jsonAPI || spelling == .jsonAPIKeys }

  private func append(_ index: Int, escaping also: String, to output: inout [UInt8]) {
    PercentEncoding.append(text.operands[index].bytes, escaping: also, to: &output)
  }

  private func appendItems(separator: String, to output: inout [UInt8]) {
    for index in text.operands.indices {
      if index > 0 { output.append(contentsOf: separator.utf8) }
      append(index, escaping: separator, to: &output)
    }
  }

  /// `a..b` is cut at the first two dots, so the lower bound has none, and none at its end.
  private func appendRange(to output: inout [UInt8]) {
    let lower = text.operands[0].bytes
    for (index, byte) in lower.enumerated() {
      let isDot = byte == UInt8(ascii: ".") && (index + 1 == lower.count || lower[index + 1] == byte)
      if isDot {
        PercentEncoding.escape(byte, to: &output)
      } else {
        PercentEncoding.append([byte], to: &output)
      }
    }
    output.append(contentsOf: "..".utf8)
    append(1, escaping: "", to: &output)
  }
}
