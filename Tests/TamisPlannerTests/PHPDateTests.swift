import Foundation
import Testing

@testable import TamisPlanner

/// Dates as PHP 8.2 was measured to read them, the clock in UTC.
struct PHPDateTests {
  private static func lines() throws -> [(text: String, value: Any, id: String?)] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/php-dates.ndjson")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap {
      let object = try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
      return object.flatMap { object in
        (object["text"] as? String).map { ($0, object["value"] ?? NSNull(), object["id"] as? String) }
      }
    }
  }

  private func read(_ text: String) -> PHPDate.Reading {
    let bytes = Array("x\(text)x".utf8)
    return PHPDate.read(bytes, 1..<bytes.count - 1)
  }

  /// What depends on words or places is left alone, whatever PHP makes of it; what has neither digits nor such words
  /// is taken for unreadable, although PHP takes some of it for the present.
  @Test func measured() throws {
    let words = #/[A-Za-z]/[A-Za-z]|jan|now|today|tomorrow|monday|week|day|\d *am|XII|[IVX]/#.ignoresCase()
    var counts: [String: Int] = [:]
    var met = 0
    var unmet: [String] = []
    for (text, value, id) in try Self.lines() {
      let found = read(text)
      if id != nil {
        let isMet =
          (value as? Int64).map { found == .clock(microseconds: $0) }
          ?? (found == .unreadable || found == .blankForPlus)
        if isMet { met += 1 } else { unmet.append(text) }
      }
      let isLeftAlone =
        found == .unsupported && (text.contains(words) || text.dropFirst().contains("@"))
      if value is NSNumber, !(value is Int64) {
        // Beyond what microseconds hold.
        #expect(found == .unsupported, "\(text.debugDescription)")
      } else if let clock = value as? Int64 {
        counts["clock", default: 0] += 1
        #expect(found == .clock(microseconds: clock) || isLeftAlone, "\(text.debugDescription)")
      } else if value is String {
        counts["relative", default: 0] += 1
        #expect(
          found == .unsupported || (!text.contains(#/[0-9]/#) && found == .unreadable),
          "\(text.debugDescription)")
      } else {
        counts["unreadable", default: 0] += 1
        #expect(found == .unreadable || found == .blankForPlus || isLeftAlone, "\(text.debugDescription)")
      }
    }
    // What depends on words, places or zones is refused.
    print("declared filters, date: \(met) of \(met + unmet.count) met; unmet: \(unmet)")
    #expect(unmet.count <= 1, "\(unmet)")
    #expect((counts["clock"] ?? 0) > 200 && (counts["unreadable"] ?? 0) > 300, "\(counts)")
  }

  @Test(arguments: [
    ("2024-01-31T10:11:12 02:00", PHPDate.Reading.blankForPlus), ("2024-01-31 10:11 02:00", .blankForPlus),
    ("garbage", .unreadable), ("", .unreadable), ("10:11", .unsupported), ("now", .unsupported),
    ("1 week ago", .unsupported), ("99999-01-01", .clock(microseconds: 1_230_768_000_000_000)),
    ("+9999999999999999999-01-01", .unsupported), ("@99999999999999999999999", .unreadable),
    ("@9000000000000", .unsupported),
    (String(repeating: "1", count: 1_000_000), .unsupported),
    (String(repeating: "x", count: 1_000_000), .unreadable),
    ("1970-01-01T00:00:00.000001+05:00", .clock(microseconds: 1)),
    ("1970-01-01 00:00:01 GMT+05:00", .clock(microseconds: 1_000_000)),
    ("1970-01-01 00:00:01 GMTX+05:00", .unreadable),
  ])
  func classes(_ text: String, _ expected: PHPDate.Reading) {
    #expect(read(text) == expected)
  }
}
