import TamisModel

extension Parser {
  /// A request as a real server's runtime reads it: its rules of decoding, nesting and repetition.
  ///
  /// A query string becomes `parameters` only, one for each value that survives, in the order of the runtime's
  /// name tree; what the runtime drops is a warning.
  static func parseFaithful(
    _ source: consuming [UInt8], as dialect: QueryDialect, limits: QueryLimits, reading: FaithfulReading,
    system: String
  ) -> ParsedQuery {
    switch reading {
    case .declaredFilters(let rules) where dialect != .body:
      PHPFormReader.parse(source, rules.form, limits: limits)
    case .keyChain(let rules) where dialect != .body:
      PHPFormReader.parse(source, rules.form, limits: limits)
    case .guessedSuffixes(let rules):
      dialect == .body
        ? GoBodyReader.parse(source, system: system, rules, limits: limits)
        : GoFormReader.parse(source, limits: limits)
    case .declaredFilters, .keyChain:
      parse(source, as: dialect, limits: limits, groups: false)
    case .namedParameters(let rules): parseNamed(source, as: dialect, limits: limits, rules)
    }
  }

  /// Metronome: a JSON body; a query string is read by the same names.
  private static func parseNamed(
    _ source: consuming [UInt8], as dialect: QueryDialect, limits: QueryLimits, _ rules: NamedParameterRules
  ) -> ParsedQuery {
    guard dialect != .body else {
      return BodyParser.parse(source, limits: limits, members: BodyMembers(rules: rules))
    }
    var parser = URLParser(source, dialect: dialect, limits: limits, groups: false)
    parser.parseNamed(rules)
    return parser.finish()
  }
}
