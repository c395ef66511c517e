/// What an engine can hold and do, in a few words: one row of the table of engines.
public struct SQLCapability: Hashable, Sendable {
  /// What it is about, the same for every engine: `decimals`.
  public let name: String
  /// Markdown: `` `numeric` of any size ``.
  public let value: String
}

extension SQLDialect {
  /// In the order of the table, the same names for every engine. All of it follows from the dialect's own properties.
  public var capabilities: [SQLCapability] {
    [
      SQLCapability(name: "oldest version", value: oldestVersion),
      SQLCapability(name: "checked by", value: checkingName),
      SQLCapability(name: "placeholders", value: placeholderNames),
      SQLCapability(name: "lists", value: listName),
      SQLCapability(name: "texts by bytes", value: comparisonName),
      SQLCapability(name: "null, if not said", value: nullName),
      SQLCapability(name: "decimals", value: decimalName),
      SQLCapability(name: "instants", value: instantName),
      SQLCapability(name: "days", value: columnName(types.date, otherwise: "text")),
      SQLCapability(name: "booleans", value: columnName(types.boolean, otherwise: "0 and 1")),
      SQLCapability(name: "UUIDs", value: columnName(types.uuid, otherwise: "text")),
      SQLCapability(name: "JSON", value: jsonName),
      SQLCapability(name: "relations", value: relationNames.joined(separator: ", ")),
      SQLCapability(name: "regular expressions", value: regexName),
      SQLCapability(name: "random order", value: ranksRows ? "yes" : "refused"),
      SQLCapability(name: "pages by cursor", value: comparesRows ? "row comparison" : "key by key"),
      SQLCapability(name: "names by case", value: foldsNames ? "one, so refused" : "two"),
      SQLCapability(name: "bindings", value: Self.grouped(bindingLimit)),
    ]
  }

  /// The table of all engines, as Markdown: a row for each capability, a column for each engine.
  public static var capabilityTable: String {
    let columns = all.map(\.capabilities)
    var lines = [
      row([""] + all.map(\.displayName)), row([String](repeating: "---", count: all.count + 1)),
    ]
    for (place, capability) in (columns.first ?? []).enumerated() {
      lines.append(row([capability.name] + columns.map { $0[place].value }))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }

  private static func code(_ text: String) -> String { "`\(text)`" }

  private static func grouped(_ number: Int) -> String {
    let digits = String(number)
    return digits.count > 4 ? digits.dropLast(3) + "," + digits.suffix(3) : digits
  }

  private var checkingName: String {
    switch checking {
    case .run: "running it"
    case .parsed: "parsed, not run"
    }
  }

  private var placeholderNames: String {
    switch placeholders {
    case .dollar: Self.code("$1")
    case .questionMark: Self.code("?") + ", " + Self.code("?1")
    case .positional: Self.code("?")
    case .typed: Self.code(placeholder(1, .integer(0)))
    case .named: Self.code(":p1")
    }
  }

  private var listName: String {
    switch lists {
    case .array: "one array"
    case .padded: "padded " + Self.code("IN (…)")
    }
  }

  private var comparisonName: String {
    guard let collation = byteCollation.map({ Self.code(String($0.drop { $0 == " " })) }) else {
      return "always"
    }
    switch equality {
    case .bytes: return collation + " in orders"
    case .folding: return collation
    }
  }

  private var nullName: String {
    let place =
      switch nullOrder {
      case .largest: "largest"
      case .smallest: "smallest"
      case .last: "last"
      }
    return place + (nullPlacement == .tested ? ", else by `… IS NULL`" : "")
  }

  private var decimalName: String {
    if let numeric = types.numeric { return Self.code(numeric) + " of any size" }
    guard let limit = types.fixedDecimal else {
      return "whole numbers to \(ColumnEncoding.scaledPrecision) digits, then text in order"
    }
    return Self.code("DECIMAL") + " to \(limit.precision) digits, then text in order"
  }

  private var instantName: String {
    let type = columnName(types.timestamp, otherwise: "microseconds")
    return conversions.firstYear.map { "\(type), years \($0.rawValue) to 9999" } ?? type
  }

  private func columnName(_ type: String?, otherwise: String) -> String { type.map(Self.code) ?? otherwise }

  private var jsonName: String {
    switch json {
    case .binary: return Self.code(types.json)
    case .text: return "text"
    case .functions:
      guard let jsonFunctions, jsonFunctions.readsNumbers else {
        return "text; fractions, containment refused"
      }
      return jsonFunctions.readsItemsExactly ? "text" : "text, containment refused"
    }
  }

  private var relationNames: [String] {
    ["child table", "JSON"] + (hasStructLists ? ["list of structs"] : [])
  }

  private var regexName: String {
    switch regex {
    case .none: "refused"
    case .function(let name): "PCRE2 as " + Self.code(name)
    case .advancedExpressions: "portable subset"
    case .linear(let name): "portable subset, " + Self.code(name)
    }
  }
}
