package import TamisModel

/// Reads a request in a query dialect. Never fails: what can not be read is reported in the result's diagnostics,
/// and the rest is still there, so that all problems are found at once.
package enum Parser {
  /// Linear in the source; nothing is looked at beyond a limit. The source becomes the result's buffer.
  ///
  /// - Parameters:
  ///   - groups: whether names of a query string may go through groups; without, they are names like others.
  ///   - ownMembers: names of a body's members that are parameters of the resource, although the dialect has a use
  ///     for them.
  ///   - faithful: read as that server does; strictly when nil.
  package static func parse(
    _ source: consuming [UInt8], as dialect: QueryDialect, limits: QueryLimits, groups: Bool = true,
    ownMembers: [String] = [], faithful: Compatibility? = nil
  ) -> ParsedQuery {
    if let faithful {
      return parseFaithful(
        source, as: dialect, limits: limits.withoutNegatives, reading: faithful.reading,
        system: faithful.system)
    }
    switch dialect {
    case .body:
      return BodyParser.parse(
        source, limits: limits.withoutNegatives, members: BodyMembers(own: ownMembers))
    case .jsonAPI, .jsonAPIKeys, .suffix, .bracket, .mixed:
      var parser = URLParser(
        source, dialect: dialect, limits: limits.withoutNegatives, groups: groups)
      parser.parse()
      return parser.finish()
    }
  }
}

extension Parser {
  /// Of a resource's parameters those whose names the body dialect would claim for itself.
  package static func ownMembers(_ resource: Resource) -> [String] {
    resource.parameters.map(\.name).filter(BodyMembers.claimed.contains)
  }

  /// A JSON body beside a query string, in which page settings may stand and nothing else. Spans count in the body,
  /// a line feed, and the query string.
  package static func parse(
    body: consuming [UInt8], beside query: [UInt8], limits: QueryLimits, ownMembers: [String] = [],
    faithful: Compatibility? = nil
  ) -> ParsedQuery {
    let offset = body.count + 1
    var parsed = parse(body, as: .body, limits: limits, ownMembers: ownMembers, faithful: faithful)
    guard !query.isEmpty else { return parsed }
    var parser = URLParser(query, dialect: .suffix, limits: limits.withoutNegatives, groups: false)
    parser.parsePageSettings(faithful)
    parsed.appendPage(of: parser.finish(), offset: offset)
    return parsed
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
