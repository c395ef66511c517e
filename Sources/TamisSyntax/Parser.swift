package import TamisModel

/// Reads a request in a query dialect. Never fails: what can not be read is reported in the result's diagnostics,
/// and the rest is still there, so that all problems are found at once.
package enum Parser {
  /// Linear in the source; nothing is looked at beyond a limit. The source becomes the result's buffer.
  package static func parse(
    _ source: consuming [UInt8], as dialect: QueryDialect, limits: QueryLimits
  ) -> ParsedQuery {
    switch dialect {
    case .body:
      return BodyParser.parse(source, limits: limits)
    case .jsonAPI, .jsonAPIKeys, .suffix, .bracket, .mixed:
      var parser = URLParser(source, dialect: dialect, limits: limits)
      parser.parse()
      return parser.finish()
    }
  }
}
