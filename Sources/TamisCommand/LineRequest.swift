#if CommandLine
  import TamisJSON
  import TamisModel

  /// One line of `--lines`: `{"id":…, "query":"…"}` or `{"id":…, "body":{…}}`, and optional members.
  struct LineRequest {
    /// JSON, as it stood on the line.
    private(set) var id: [UInt8] = LineRequest.null
    /// The query string, decoded, or the body as it stood on the line: what spans count in.
    private(set) var source: [UInt8] = []
    private(set) var isBody = false
    /// The query string that stands beside a body.
    private(set) var beside: [UInt8] = []
    private(set) var resource: String?
    private(set) var dialect: String?
    private(set) var policy: String?
    /// Arrays and objects, as JSON.
    private(set) var records: [UInt8]?
    private(set) var related: [String: [UInt8]] = [:]
    private(set) var context = RecordContext.Facts()

    static let null = Array("null".utf8)

    /// Why a line can not be used; its id where that could be read.
    struct Fault: Error {
      var id: [UInt8]
      var error: QueryError
    }

    /// Lines are the caller's own: bounded only where recursion and offsets need it.
    private static let limits: QueryLimits = {
      var limits = QueryLimits()
      limits.bodyBytes = 1 << 30
      limits.valueBytes = 1 << 30
      limits.depth = 200
      return limits
    }()

    init(_ line: [UInt8]) throws(Fault) {
      let members: [Part]
      do {
        members = try Self.parts(line)
      } catch {
        throw Fault(id: Self.null, error: error)
      }
      do {
        // The id first, wherever it stands, so that whatever else is wrong can be told with it.
        for part in members where part.name == "id" { id = try Self.json(line, part.value) }
        for part in members where part.name != "id" { try read(part, line) }
        try checkSource(members, line)
      } catch {
        throw Fault(id: id, error: error)
      }
    }

    private struct Part {
      var name: String
      var value: Range<Int>
    }

    private static func parts(_ line: [UInt8]) throws(QueryError) -> [Part] {
      var parts: [Part] = []
      for member in try JSONSplitter.members(of: line, in: 0..<line.count) {
        let quoted = member.name.lowerBound - 1..<member.name.upperBound + 1
        let name = try text(line, quoted)
        if parts.contains(where: { $0.name == name }) {
          throw QueryError(
            Diagnostic(.duplicateMember(name: name), SourceSpan(quoted.lowerBound, quoted.upperBound)))
        }
        parts.append(Part(name: name, value: member.value))
      }
      return parts
    }

    private mutating func read(_ part: Part, _ line: [UInt8]) throws(QueryError) {
      switch part.name {
      case "query": source = try Self.query(line, part.value)
      case "body":
        source = Array(line[part.value])
        isBody = true
      case "beside": beside = try Self.query(line, part.value)
      case "resource": resource = try Self.text(line, part.value)
      case "dialect": dialect = try Self.text(line, part.value)
      case "policy": policy = try Self.text(line, part.value)
      case "records": records = Array(line[part.value])
      case "related":
        for member in try JSONSplitter.members(of: line, in: part.value) {
          let name = try Self.text(line, member.name.lowerBound - 1..<member.name.upperBound + 1)
          related[name] = Array(line[member.value])
        }
      case "context": context = try RecordContext.Facts(try Self.document(line, part.value))
      default: _ = try Self.document(line, part.value)
      }
    }

    private func checkSource(_ parts: [Part], _ line: [UInt8]) throws(QueryError) {
      let found = parts.filter { $0.name == "query" || $0.name == "body" }
      guard found.count != 1 else { return }
      let span = SourceSpan(found.last?.value.lowerBound ?? 0, found.last?.value.upperBound ?? line.count)
      throw QueryError(
        found.isEmpty
          ? Diagnostic(.missingParameter(name: "query"), span, parameter: "query")
          : Diagnostic(.conflictingParameters(name: "query", other: "body"), span, parameter: "body"))
    }

    // MARK: Values

    private static func document(_ line: [UInt8], _ range: Range<Int>) throws(QueryError) -> JSONDocument {
      do {
        return try JSONDocument.parse(line.span.extracting(range), limits: limits)
      } catch {
        throw error.moved(by: range.lowerBound)
      }
    }

    private static func json(_ line: [UInt8], _ range: Range<Int>) throws(QueryError) -> [UInt8] {
      _ = try document(line, range)
      return Array(line[range])
    }

    private static func text(_ line: [UInt8], _ range: Range<Int>) throws(QueryError) -> String {
      String(decoding: try bytes(line, range), as: UTF8.self)
    }

    private static func bytes(_ line: [UInt8], _ range: Range<Int>) throws(QueryError) -> [UInt8] {
      let document = try document(line, range)
      guard document.nodes[0].kind == .string else {
        throw QueryError(
          Diagnostic(
            .wrongShape(expected: "a string", found: "another value"),
            SourceSpan(range.lowerBound, range.upperBound)))
      }
      return Array(document.bytes(of: 0))
    }

    /// A query's own faults have spans in the decoded text: what could be decoded before the fault is their offset.
    private static func query(_ line: [UInt8], _ range: Range<Int>) throws(QueryError) -> [UInt8] {
      do {
        return try bytes(line, range)
      } catch {
        guard let first = error.diagnostics.first, line[range.lowerBound] == UInt8(ascii: "\""),
          case .nulByte = first.problem
        else { throw error }
        let prefix = Array(line[range.lowerBound..<first.span.start]) + [UInt8(ascii: "\"")]
        let offset = try bytes(prefix, 0..<prefix.count).count
        throw QueryError(Diagnostic(.nulByte, SourceSpan(offset, offset + 1)))
      }
    }
  }
#endif
