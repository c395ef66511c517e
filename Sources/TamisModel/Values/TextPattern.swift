/// The one form of every text test: literal runs, any-one (one Unicode scalar) and any-run.
///
/// `like`, `contains`, `startsWith`, `endsWith` and search strategies all become it. Stored as the literal's
/// UTF-8 bytes with two bytes that UTF-8 never uses as wildcards, normalised: within a run of wildcards all
/// any-ones come first, then at most one any-run.
public struct TextPattern: Hashable, Sendable {
  /// Stands for any run of scalars, also an empty one.
  package static let anyRun: UInt8 = 0xFF
  /// Stands for exactly one Unicode scalar.
  package static let anyOne: UInt8 = 0xFE

  package var bytes: [UInt8]
  /// A–Z and a–z are equal; everything else is exact.
  public var ignoresCase: Bool

  package init(bytes: [UInt8], ignoresCase: Bool) {
    self.bytes = bytes
    self.ignoresCase = ignoresCase
  }

  /// What kind of test a pattern is; part of a query's shape, because SQL differs by it.
  public enum Class: UInt8, Hashable, Sendable, CaseIterable {
    /// No wildcard: equality.
    case exact
    /// `%` alone: everything that is not null.
    case everything
    /// `abc%`.
    case prefix
    /// `%abc`.
    case suffix
    /// `%abc%`.
    case contains
    /// Anything else.
    case general
  }

  public var patternClass: Class { Self.classify(bytes, 0..<bytes.count) }

  package static func classify(_ bytes: [UInt8], _ range: Range<Int>) -> Class {
    var runs = 0
    for index in range {
      if bytes[index] == anyOne { return .general }
      if bytes[index] == anyRun { runs += 1 }
    }
    guard let first = range.first, let last = range.last else { return .exact }
    let leads = bytes[first] == anyRun
    let trails = bytes[last] == anyRun
    switch (runs, leads, trails) {
    case (0, _, _): return .exact
    case (1, true, true): return .everything
    case (1, false, true): return .prefix
    case (1, true, false): return .suffix
    case (2, true, true): return .contains
    default: return .general
    }
  }

  /// As a `like` pattern: `%` and `_` are wildcards, a backslash escapes.
  public var likeText: String {
    var output: [UInt8] = []
    for byte in bytes {
      switch byte {
      case Self.anyRun: output.append(UInt8(ascii: "%"))
      case Self.anyOne: output.append(UInt8(ascii: "_"))
      case UInt8(ascii: "%"), UInt8(ascii: "_"), UInt8(ascii: "\\"):
        output.append(UInt8(ascii: "\\"))
        output.append(byte)
      default: output.append(byte)
      }
    }
    return String(decoding: output, as: UTF8.self)
  }
}
