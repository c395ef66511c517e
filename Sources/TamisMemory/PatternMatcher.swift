package import TamisModel

/// Decides whether a text matches a `TextPattern`, in linear time whatever the pattern and the text.
///
/// The pattern falls into segments between its any-runs. The first and the last are compared at the text's ends;
/// each of the others is taken at its earliest place after the one before, which is never worse than a later one,
/// so nothing is tried twice. A segment is found by a bit-parallel automaton of one bit for each pattern byte: one
/// step for each byte of text and each 64 bytes of the segment.
package struct PatternMatcher: Sendable {
  /// A stretch of the pattern without an any-run.
  private struct Segment {
    var bytes: Range<Int>
    var hasAnyOne: Bool
    /// Where its bits begin: a word, and a bit of that word. A segment of more than 64 bytes has words of its own.
    var word = 0
    var bit: UInt64 = 0
  }

  private let bytes: [UInt8]
  private let ignoresCase: Bool
  private let segments: [Segment]
  private let startsAnchored: Bool
  private let endsAnchored: Bool
  /// For each word of bits and each byte value, the bits whose pattern byte accepts that byte.
  private var masks: [UInt64] = []
  /// For each word, the bits of any-ones: they stay while a scalar goes on.
  private var loops: [UInt64] = []

  /// A matcher for a pattern.
  package init(_ pattern: TextPattern) {
    self.init(pattern.bytes, 0..<pattern.bytes.count, ignoresCase: pattern.ignoresCase)
  }

  /// A matcher for the pattern in `source[range]`.
  package init(_ source: [UInt8], _ range: Range<Int>, ignoresCase: Bool) {
    let pattern = source[range].map { ignoresCase ? Self.fold($0) : $0 }
    bytes = pattern
    self.ignoresCase = ignoresCase
    startsAnchored = pattern.first != TextPattern.anyRun
    endsAnchored = pattern.last != TextPattern.anyRun
    var segments = Self.split(pattern)
    let packing = Packing(segments.map(\.bytes.count))
    for index in segments.indices {
      segments[index].word = packing.places[index].word
      segments[index].bit = packing.places[index].bit
    }
    self.segments = segments
    let ends = (startsAnchored ? 1 : 0) + (endsAnchored ? 1 : 0)
    guard segments.count > ends else { return }
    masks = Array(repeating: 0, count: packing.words * 256)
    loops = Array(repeating: 0, count: packing.words)
    for segment in segments { addBits(of: segment) }
  }

  /// The segments between any-runs; two any-runs in a row hold none between them.
  private static func split(_ pattern: [UInt8]) -> [Segment] {
    var segments: [Segment] = []
    var start = 0
    for index in 0...pattern.count where index == pattern.count || pattern[index] == TextPattern.anyRun {
      if index > start {
        let hasAnyOne = pattern[start..<index].contains(TextPattern.anyOne)
        segments.append(Segment(bytes: start..<index, hasAnyOne: hasAnyOne))
      }
      start = index + 1
    }
    return segments
  }

  private mutating func addBits(of segment: Segment) {
    for (place, index) in segment.bytes.enumerated() {
      let position = Int(segment.bit) + place
      let word = segment.word + position / 64
      let bit = UInt64(1) << UInt64(position % 64)
      for value in acceptedBytes(of: bytes[index]) { masks[word * 256 + Int(value)] |= bit }
      if bytes[index] == TextPattern.anyOne { loops[word] |= bit }
    }
  }

  /// An any-one accepts the first byte of a scalar.
  private func acceptedBytes(of byte: UInt8) -> [UInt8] {
    if byte == TextPattern.anyOne { return Array(0x00...0x7F) + Array(0xC0...0xFF) }
    return ignoresCase && byte &- 97 < 26 ? [byte, byte &- 32] : [byte]
  }

  @inline(__always) private static func fold(_ byte: UInt8) -> UInt8 {
    byte &- 65 < 26 ? byte | 0x20 : byte
  }

  // MARK: Matching

  /// Whether the whole of `text[range]`, which is UTF-8, matches.
  package func matches(_ text: [UInt8], _ range: Range<Int>) -> Bool {
    matches(text.span, range)
  }

  /// The same in bytes that stand elsewhere.
  func matches(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var start = range.lowerBound
    var end = range.upperBound
    guard let first = segments.first, let last = segments.last else {
      return !startsAnchored || start == end
    }
    var middle = 0..<segments.count
    if startsAnchored {
      guard let next = match(first, text, from: start, to: end) else { return false }
      start = next
      middle = 1..<segments.count
      if middle.isEmpty { return !endsAnchored || start == end }
    }
    if endsAnchored {
      guard let previous = match(last, text, backFrom: end, to: start) else { return false }
      end = previous
      middle = middle.lowerBound..<(segments.count - 1)
    }
    for index in middle {
      guard let next = find(segments[index], text, from: start, to: end) else { return false }
      start = next
    }
    return true
  }

  /// The end of the segment at the text's start.
  private func match(_ segment: Segment, _ text: Span<UInt8>, from start: Int, to end: Int) -> Int? {
    var position = start
    for index in segment.bytes {
      guard position < end else { return nil }
      if bytes[index] == TextPattern.anyOne {
        position = Self.scalarEnd(text, position, end)
      } else {
        guard accepts(text[position], bytes[index]) else { return nil }
        position &+= 1
      }
    }
    return position
  }

  /// The start of the segment at the text's end.
  private func match(_ segment: Segment, _ text: Span<UInt8>, backFrom end: Int, to start: Int) -> Int? {
    var position = end
    for index in segment.bytes.reversed() {
      guard position > start else { return nil }
      position &-= 1
      if bytes[index] == TextPattern.anyOne {
        while position > start, text[position] & 0xC0 == 0x80 { position &-= 1 }
        guard text[position] & 0xC0 != 0x80 else { return nil }
      } else {
        guard accepts(text[position], bytes[index]) else { return nil }
      }
    }
    return position
  }

  @inline(__always) private func accepts(_ byte: UInt8, _ expected: UInt8) -> Bool {
    ignoresCase ? Self.fold(byte) == expected : byte == expected
  }

  /// The index after the scalar that begins at `position`.
  @inline(__always)
  private static func scalarEnd(_ text: Span<UInt8>, _ position: Int, _ end: Int) -> Int {
    var next = position &+ 1
    while next < end, text[next] & 0xC0 == 0x80 { next &+= 1 }
    return next
  }

  /// The end of the segment's earliest place.
  private func find(_ segment: Segment, _ text: Span<UInt8>, from start: Int, to end: Int) -> Int? {
    guard end - start >= segment.bytes.count else { return nil }
    if segment.bytes.count > 64 { return findLong(segment, text, from: start, to: end) }
    let base = segment.word * 256
    let first = UInt64(1) << segment.bit
    let accept = first << UInt64(segment.bytes.count - 1)
    let loop = segment.hasAnyOne ? loops[segment.word] : 0
    var state: UInt64 = 0
    var index = start
    while index < end {
      let byte = text[index]
      let stay = byte & 0xC0 == 0x80 ? state & loop : 0
      state = ((state << 1) | first) & masks[base &+ Int(byte)] | stay
      if state & accept != 0 { return finish(segment, text, index, end) }
      index &+= 1
    }
    return nil
  }

  /// The same over several words. The state is the one allocation of a match, and only patterns of this length
  /// pay for it.
  private func findLong(_ segment: Segment, _ text: Span<UInt8>, from start: Int, to end: Int) -> Int? {
    let words = (segment.bytes.count + 63) / 64
    let accept = UInt64(1) << UInt64((segment.bytes.count - 1) % 64)
    var state = Array(repeating: UInt64(0), count: words)
    var index = start
    while index < end {
      let byte = text[index]
      let continues = byte & 0xC0 == 0x80
      var carry: UInt64 = 1
      for word in 0..<words {
        let before = state[word]
        let mask = masks[(segment.word &+ word) &* 256 &+ Int(byte)]
        let stay = continues ? before & loops[segment.word &+ word] : 0
        state[word] = ((before << 1) | carry) & mask | stay
        carry = before >> 63
      }
      if state[words - 1] & accept != 0 { return finish(segment, text, index, end) }
      index &+= 1
    }
    return nil
  }

  /// A last any-one takes the whole of its scalar.
  private func finish(_ segment: Segment, _ text: Span<UInt8>, _ index: Int, _ end: Int) -> Int {
    bytes[segment.bytes.upperBound - 1] == TextPattern.anyOne
      ? Self.scalarEnd(text, index, end) : index + 1
  }
}

/// Places segments in words of 64 bits, so that only one longer than a word spreads over several.
private struct Packing {
  private(set) var places: [(word: Int, bit: UInt64)] = []
  private(set) var words = 0

  init(_ lengths: [Int]) {
    var free = 0
    for length in lengths {
      if length > free {
        places.append((words, 0))
        words += (length + 63) / 64
        free = length > 64 ? 0 : 64 - length
      } else {
        places.append((words - 1, UInt64(64 - free)))
        free -= length
      }
    }
  }
}
