import Foundation
import TamisModel
import TamisTesting
import Testing

@testable import TamisSyntax

/// Names of query strings nest as PHP nests them. What is expected was measured with PHP 8.2: `parse_str`, and the
/// parser that API Platform puts before it.
struct PHPFormTests {
  private struct Line: Decodable {
    var query: String
    var mangled: String?
    var kept: String?
    /// Of a request that the suite of the real system has, too.
    var id: String?
    /// The code of an error, where what PHP reads is refused here.
    var refused: String?
  }

  private static func lines() throws -> [Line] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../Fixtures/php-forms.ndjson")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
      .map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
  }

  private func parse(
    _ text: String, _ rules: PHPFormRules = PHPFormRules(), _ change: (inout QueryLimits) -> Void = { _ in }
  ) -> ParsedQuery {
    var limits = QueryLimits()
    change(&limits)
    return PHPFormReader.parse(Array(text.utf8), rules, limits: limits)
  }

  @Test func trees() throws {
    let lines = try Self.lines()
    #expect(lines.count > 300)
    var met = 0
    for line in lines {
      var isMet = true
      for (rootNames, expected) in [(PHPFormRules.RootNames.mangled, line.mangled), (.kept, line.kept)] {
        let query = parse(line.query, PHPFormRules(rootNames: rootNames))
        let isFine =
          line.refused.map { [$0] == query.diagnostics.map(\.code) } ?? (query.phpArrayJSON == expected)
        #expect(isFine, "\(line.query), \(rootNames)")
        #expect(ParsedInvariants.faults(query, sourceCount: line.query.utf8.count).isEmpty)
        isMet = isMet && isFine
      }
      if isMet, line.id != nil { met += 1 }
    }
    let refused = lines.filter { $0.refused != nil }.map(\.query)
    print("declared filters, parse: \(met) of \(lines.count { $0.id != nil }) met; refused: \(refused)")
  }

  /// Each value that is left comes from the pair that won, and what was dropped is a warning at its place.
  @Test(arguments: [
    ("«a=1»&a=2", ["a=2"], ["combination.repeated-parameter"]),
    ("«a[b]=1»&«a[c]=2»&a=3", ["a=3"], ["combination.repeated-parameter", "combination.repeated-parameter"]),
    ("«a=1»&a[]=2", ["a[]=2"], ["combination.repeated-parameter"]),
    (
      "«x=1»&a[%62]=2&«x=3»&x=4", ["x=4", "a[%62]=2"],
      ["combination.repeated-parameter", "combination.repeated-parameter"]
    ),
    ("a[b]«c»=1", ["a[b]c=1"], ["syntax.malformed-brackets"]),
    ("«=»1&b=2", ["b=2"], ["syntax.empty-name"]),
    ("«[»a]=1", [], ["syntax.empty-name"]),
    ("a[9223372036854775807]=1&«a[]»=2", ["a[9223372036854775807]=1"], ["value.out-of-range"]),
  ])
  func winners(_ marked: String, _ winners: [String], _ codes: [String]) {
    let source = marked.replacing("«", with: "").replacing("»", with: "")
    let query = parse(source)
    let bytes = Array(source.utf8)
    let found = query.parameters.map { parameter in
      let span = parameter.name.span.union(parameter.value.text.span)
      return String(decoding: bytes[span.start..<span.end], as: UTF8.self)
    }
    #expect(found == winners)
    #expect(query.diagnostics.map(\.code) == codes)
    #expect(query.diagnostics.allSatisfy { $0.severity == .warning })
    if let first = query.diagnostics.first, let mark = marked.utf8.firstIndex(of: 0xC2) {
      #expect(first.span.start == marked.utf8.distance(from: marked.startIndex, to: mark))
    }
  }

  @Test func keysOfSegments() throws {
    let query = parse("a[2]=x&a[]=y&a[01]=z&a[%33]=w")
    let keys = query.parameters.map { query.segments[$0.name.rest.lowerBound] }
    #expect(keys.map { query.string(of: $0) } == ["2", "3", "01"])
    #expect(keys.map { query.isIntegerKey($0) } == [true, true, false])
    // The segment of a winner is where the winner was written: `%33`.
    #expect(keys.map(\.span) == [SourceSpan(2, 3), SourceSpan(23, 26), SourceSpan(15, 17)])
    #expect(query.string(of: query.parameters[1].value.text) == "w")
  }

  @Test(arguments: [
    ("a=%00", "syntax.nul-byte", 2..<5), ("a%00b=1", "syntax.nul-byte", 1..<4),
    ("a=x%C3%28", "syntax.invalid-utf8", 3..<6),
    ("a[%ff]=1", "syntax.invalid-utf8", 2..<5),
  ])
  func whatNoTextHolds(_ text: String, _ code: String, _ range: Range<Int>) {
    for rootNames in [PHPFormRules.RootNames.mangled, .kept] {
      let query = parse(text, PHPFormRules(rootNames: rootNames))
      #expect(query.diagnostics.map(\.code) == [code])
      #expect(query.diagnostics.map(\.span) == [SourceSpan(range.lowerBound, range.upperBound)])
      #expect(query.diagnostics.allSatisfy { $0.severity == .error })
    }
  }

  // MARK: Limits

  @Test func variables() {
    let text = String(repeating: "a[]=1&", count: 1_005) + "b=2"
    let query = parse(text)
    #expect(query.parameters.count == 1_000)
    #expect(query.diagnostics.map(\.code) == ["limit.parameters"])
    #expect(query.diagnostics.first?.span == SourceSpan(6_000, text.utf8.count))
    #expect(query.diagnostics.first?.severity == .warning)
    // PHP counts a piece without a name; API Platform has thrown it away before.
    let nameless = String(repeating: "=1&", count: 1_005) + "b=2"
    #expect(parse(nameless).parameters.isEmpty)
    #expect(parse(nameless, PHPFormRules(rootNames: .kept)).parameters.count == 1)
    #expect(parse(String(repeating: "&", count: 1_005) + "b=2").parameters.count == 1)
  }

  @Test func levels() {
    let groups = String(repeating: "[x]", count: 64)
    #expect(parse("a=9&b=1&a\(groups)=1&a[z]=3").parameters.count == 3)
    // One level more takes all of `a` with it; what comes later is new, and last.
    let query = parse("a=9&b=1&a\(groups)[x]=1&a[z]=3")
    #expect(query.phpArrayJSON == #"{"b":"1","a":{"z":"3"}}"#)
    #expect(query.diagnostics.map(\.code) == ["limit.depth", "limit.depth"])
    #expect(query.diagnostics.map(\.span.start) == [0, 8])
    #expect(parse("a=9&a\(groups)[y=1").parameters.isEmpty)
    #expect(parse("a=9&a\(groups)y=1").parameters.count == 1)
  }

  @Test func bytes() {
    let query = parse("a=1&b=2") { $0.queryBytes = 5 }
    #expect(query.diagnostics.map(\.code) == ["limit.bytes"])
    let value = parse("a=12345") { $0.valueBytes = 4 }
    #expect(value.diagnostics.map(\.span) == [SourceSpan(2, 7)])
    #expect(value.diagnostics.map(\.severity) == [.error])
  }

  /// A flood of what has no effect leaves room for what is wrong.
  @Test func errorsAfterManyWarnings() {
    let query = parse(String(repeating: "a=1&", count: 200) + "b=%00")
    #expect(query.diagnostics.filter { $0.severity == .error }.map(\.code) == ["syntax.nul-byte"])
    #expect(query.diagnostics.count == 34)
  }

  /// A megabyte of each takes no more than a moment.
  @Test(.timeLimit(.minutes(1)))
  func hostile() {
    let texts = [
      String(repeating: "a[]=1&", count: 170_000),
      "a" + String(repeating: "[", count: 100_000) + "=1",
      "a" + String(repeating: "[b]", count: 330_000) + "=1",
      String(repeating: "[", count: 1_000_000),
      String(repeating: "a[b", count: 330_000),
      (0..<120_000).map { "k\($0)=1" }.joined(separator: "&"),
      (0..<60_000).map { "k[\($0)][x]=1" }.joined(separator: "&"),
      (0..<60_000).map { "k[\($0)][x]=1&k=\($0)" }.joined(separator: "&"),
      String(repeating: "%5B%20", count: 170_000) + "=1",
    ]
    let unbounded = PHPFormRules(variables: 1_000_000)
    for (index, text) in texts.enumerated() {
      for rules in [PHPFormRules(), unbounded, PHPFormRules(rootNames: .kept, variables: 1_000_000)] {
        let start = ProcessorTime.now
        let query = parse(text, rules) { $0.queryBytes = 4_000_000 }
        #expect(ProcessorTime.now - start < .seconds(15), "text \(index)")
        #expect(query.diagnostics.count <= 70, "text \(index)")
      }
    }
  }
}
