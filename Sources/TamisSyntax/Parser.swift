package import TamisModel

/// Reads a request in a query dialect. Never fails: what can not be read is reported in the result's diagnostics,
/// and the rest is still there, so that all problems are found at once.
package enum Parser {
  /// Linear in the source; nothing is looked at beyond a limit. The source becomes the result's buffer.
  ///
  /// - Parameters:
  ///   - groups: whether names of a query string may go through groups; without, they are names like others.
  ///   - faithful: read as that server does; strictly when nil.
  package static func parse(
    _ source: consuming [UInt8], as dialect: QueryDialect, limits: QueryLimits, groups: Bool = true,
    faithful: Compatibility? = nil
  ) -> ParsedQuery {
    if let faithful {
      return parseFaithful(source, as: dialect, limits: limits.withoutNegatives, reading: faithful.reading)
    }
    switch dialect {
    case .body:
      return BodyParser.parse(source, limits: limits.withoutNegatives)
    case .jsonAPI, .jsonAPIKeys, .suffix, .bracket, .mixed:
      var parser = URLParser(
        source, dialect: dialect, limits: limits.withoutNegatives, groups: groups)
      parser.parse()
      return parser.finish()
    }
  }
}

extension QueryLimits {
  /// Less than nothing is nothing: a server's slip is no reason to trap.
  fileprivate var withoutNegatives: QueryLimits {
    var limits = self
    limits.queryBytes = Swift.max(0, queryBytes)
    limits.bodyBytes = Swift.max(0, bodyBytes)
    limits.parameters = Swift.max(0, parameters)
    limits.clauses = Swift.max(0, clauses)
    limits.depth = Swift.max(0, depth)
    limits.listItems = Swift.max(0, listItems)
    limits.valueBytes = Swift.max(0, valueBytes)
    return limits
  }
}
