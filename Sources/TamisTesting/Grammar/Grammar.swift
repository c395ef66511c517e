import TamisModel

/// Rules of ABNF, put together from one file or several.
///
///     let grammar = try Grammar("list = item *( \",\" item )\nitem = 1*DIGIT\n")
///     var recogniser = try Recogniser(grammar, start: "list")
///     recogniser.accepts(Array("1,22,3".utf8))  // true
///
/// The core rules of RFC 5234 (`ALPHA`, `DIGIT`, …) are there, and no file defines them anew: names have no letter case,
/// so that `digit` would be taken for `DIGIT` by all others.
public struct Grammar: Sendable {
  public struct Rule: Sendable {
    /// As its definition spells it.
    public var name: String
    public var expression: GrammarExpression
    var place: GrammarReader.Place
  }

  /// Names of rules in small letters, in the order of their definitions; core rules come last.
  public private(set) var names: [String] = []
  private var rules: [String: Rule] = [:]

  /// - Throws: the first fault, with its file, line and column.
  public init(_ text: String, file: String = "grammar") throws(GrammarError) {
    try self.init(files: [(file, text)])
  }

  /// Files that use each other's rules.
  public init(files: [(name: String, text: String)]) throws(GrammarError) {
    try addCoreRules()
    for file in files { try add(file.text, file: file.name, replaces: false) }
    // Core rules come last.
    let own = fileRules
    names = own + names.filter { !own.contains($0) }
    try checkReferences()
  }

  /// The same with some rules replaced, or added, by those of the text: a resource's names in the place of any name.
  public func binding(_ text: String, file: String = "binding") throws(GrammarError) -> Grammar {
    var copy = self
    try copy.add(text, file: file, replaces: true)
    try copy.checkReferences()
    return copy
  }

  /// The rule of this name, in any letter case.
  public subscript(name: String) -> Rule? { rules[name.asciiLowercased] }

  /// The rules that the files define: all but the core rules.
  public var fileRules: [String] { names.filter { rules[$0]?.place.file != Self.coreFile } }

  func expression(_ name: String) -> GrammarExpression { rules[name]?.expression ?? .concatenation([]) }

  /// The same with every expression changed.
  func mapped(_ change: (GrammarExpression) -> GrammarExpression) -> Grammar {
    var copy = self
    for name in names { copy.rules[name]?.expression = change(expression(name)) }
    return copy
  }

  /// The rule and all rules that it needs, in the order of their definitions.
  public func reachable(from start: String) -> [String] {
    var found: Set<String> = []
    var open = [start.asciiLowercased]
    while let name = open.popLast() {
      guard found.insert(name).inserted else { continue }
      open += expression(name).references
    }
    return names.filter(found.contains)
  }

  func error(_ fault: GrammarError.Fault, in rule: String) -> GrammarError {
    let place = rules[rule]?.place
    return GrammarError(
      fault: fault, file: place?.file ?? "grammar", line: place?.line ?? 1, column: place?.column ?? 1)
  }

  // MARK: Building

  private mutating func add(_ text: String, file: String, replaces: Bool) throws(GrammarError) {
    var reader = GrammarReader(text, file: file)
    var fresh: Set<String> = []
    for definition in try reader.read() {
      let name = definition.name.asciiLowercased
      if rules[name]?.place.file == Self.coreFile {
        throw Self.error(.coreRule(definition.name), definition)
      }
      if definition.isIncremental {
        try extend(name, definition)
      } else if rules[name] == nil || (replaces && !fresh.contains(name)) {
        if rules[name] == nil { names.append(name) }
        rules[name] = Rule(
          name: definition.name, expression: definition.expression, place: definition.place)
      } else {
        throw Self.error(.definedTwice(rule: definition.name), definition)
      }
      fresh.insert(name)
    }
  }

  // rule =/ more
  private mutating func extend(
    _ name: String, _ definition: GrammarReader.Definition
  ) throws(GrammarError) {
    guard let before = rules[name] else {
      throw Self.error(.nothingToExtend(rule: definition.name), definition)
    }
    rules[name]?.expression = .alternation(
      Self.branches(before.expression) + Self.branches(definition.expression))
  }

  private static func branches(_ expression: GrammarExpression) -> [GrammarExpression] {
    if case .alternation(let branches) = expression { branches } else { [expression] }
  }

  private static func error(
    _ fault: GrammarError.Fault, _ definition: GrammarReader.Definition
  ) -> GrammarError {
    let place = definition.place
    return GrammarError(fault: fault, file: place.file, line: place.line, column: place.column)
  }

  private mutating func addCoreRules() throws(GrammarError) {
    var reader = GrammarReader(Self.coreRules, file: Self.coreFile)
    for definition in try reader.read() {
      let name = definition.name.asciiLowercased
      names.append(name)
      rules[name] = Rule(name: definition.name, expression: definition.expression, place: definition.place)
    }
  }

  private func checkReferences() throws(GrammarError) {
    for name in names {
      let missing = expression(name).references.filter { rules[$0] == nil }.sorted()
      if let missing = missing.first { throw error(.undefined(rule: missing), in: name) }
    }
  }

  private static let coreFile = "RFC 5234, appendix B"

  private static let coreRules = """
    ALPHA  = %x41-5A / %x61-7A
    BIT    = "0" / "1"
    CHAR   = %x01-7F
    CR     = %x0D
    CRLF   = CR LF
    CTL    = %x00-1F / %x7F
    DIGIT  = %x30-39
    DQUOTE = %x22
    HEXDIG = DIGIT / "A" / "B" / "C" / "D" / "E" / "F"
    HTAB   = %x09
    LF     = %x0A
    LWSP   = *( WSP / CRLF WSP )
    OCTET  = %x00-FF
    SP     = %x20
    VCHAR  = %x21-7E
    WSP    = SP / HTAB
    """
}
