/// The portable regular expressions by their definition: where a match of each part that begins at some places may
/// end. A set of places is all there is, so nothing is tried twice and nothing backtracks. It reads patterns by code of
/// its own.
public struct ReferenceRegex: Sendable {
  private let root: Part
  private let ignoresCase: Bool

  /// Nil for a pattern that is not of the subset.
  public init?(_ pattern: String) {
    var scalars = Array(pattern.unicodeScalars)
    // Scalars, since a mark that combines is one character with the parenthesis before it.
    ignoresCase = scalars.starts(with: "(?i)".unicodeScalars)
    if ignoresCase { scalars.removeFirst(4) }
    var reader = Reader(rest: scalars[...])
    guard let root = reader.choice(), reader.rest.isEmpty else { return nil }
    self.root = root
  }

  /// Whether some part of the text matches.
  public func isFound(in text: [Unicode.Scalar]) -> Bool {
    let folded = ignoresCase ? text.map(Self.folded) : text
    let subject = Subject(scalars: folded, ignoresCase: ignoresCase)
    return !subject.ends(of: root, from: Set(0...text.count)).isEmpty
  }

  fileprivate static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    ("A"..."Z").contains(scalar) ? Unicode.Scalar(UInt8(scalar.value) + 32) : scalar
  }

  fileprivate indirect enum Part: Sendable {
    case one(Members)
    case place(Character)
    case sequence([Part])
    case choice([Part])
    case times(Part, Int, Int?)
  }

  fileprivate struct Members: Sendable {
    var ranges: [ClosedRange<UInt32>]
    var isComplement = false

    func contains(_ scalar: Unicode.Scalar, ignoresCase: Bool) -> Bool {
      var forms = [scalar.value]
      if ignoresCase, ("a"..."z").contains(scalar) { forms.append(scalar.value - 32) }
      return ranges.contains { range in forms.contains { range.contains($0) } } != isComplement
    }
  }
}

private struct Subject {
  let scalars: [Unicode.Scalar]
  let ignoresCase: Bool

  func ends(of part: ReferenceRegex.Part, from starts: Set<Int>) -> Set<Int> {
    switch part {
    case .one(let members):
      return Set(
        starts.filter { $0 < scalars.count && members.contains(scalars[$0], ignoresCase: ignoresCase) }
          .map { $0 + 1 })
    case .place(let kind): return starts.filter { isPlace(kind, $0) }
    case .sequence(let parts): return parts.reduce(starts) { ends(of: $1, from: $0) }
    case .choice(let parts): return parts.reduce(into: []) { $0.formUnion(ends(of: $1, from: starts)) }
    case .times(let inner, let least, let most): return times(inner, least, most, starts)
    }
  }

  private func times(
    _ inner: ReferenceRegex.Part, _ least: Int, _ most: Int?, _ starts: Set<Int>
  ) -> Set<Int> {
    var current = starts
    for _ in 0..<least { current = ends(of: inner, from: current) }
    var all = current
    var rounds = most.map { $0 - least } ?? Int.max
    while rounds > 0 {
      current = ends(of: inner, from: current).subtracting(all)
      if current.isEmpty { break }
      all.formUnion(current)
      rounds -= 1
    }
    return all
  }

  private func isPlace(_ kind: Character, _ index: Int) -> Bool {
    switch kind {
    case "^", "A": index == 0
    case "z": index == scalars.count
    case "$", "Z": index == scalars.count || index == scalars.count - 1 && scalars[index] == "\n"
    case "b": isWord(index - 1) != isWord(index)
    default: isWord(index - 1) == isWord(index)
    }
  }

  private func isWord(_ index: Int) -> Bool {
    guard scalars.indices.contains(index) else { return false }
    switch scalars[index] {
    case "a"..."z", "A"..."Z", "0"..."9", "_": return true
    default: return false
    }
  }
}

/// Reads a pattern scalar by scalar; nil for what is not of the subset.
private struct Reader {
  typealias Part = ReferenceRegex.Part
  typealias Members = ReferenceRegex.Members
  var rest: ArraySlice<Unicode.Scalar>

  mutating func choice() -> Part? {
    guard let first = sequence() else { return nil }
    var parts = [first]
    while rest.first == "|" {
      rest.removeFirst()
      guard let part = sequence() else { return nil }
      parts.append(part)
    }
    return .choice(parts)
  }

  private mutating func sequence() -> Part? {
    var parts: [Part] = []
    while let scalar = rest.first, scalar != "|", scalar != ")" {
      rest.removeFirst()
      guard var part = atom(scalar) else { return nil }
      while let (least, most) = repetition() {
        if rest.first == "?" { rest.removeFirst() }
        part = .times(part, least, most)
      }
      parts.append(part)
    }
    return .sequence(parts)
  }

  private mutating func repetition() -> (Int, Int?)? {
    switch rest.first {
    case "*": return repetition(0, nil)
    case "+": return repetition(1, nil)
    case "?": return repetition(0, 1)
    case "{":
      guard let end = rest.firstIndex(of: "}") else { return nil }
      let inside = String(String.UnicodeScalarView(rest[(rest.startIndex + 1)..<end]))
      let bounds = inside.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
      rest = rest[(end + 1)...]
      guard let least = bounds.first ?? nil else { return nil }
      return (least, bounds.count == 1 ? least : bounds[1])
    default: return nil
    }
  }

  private mutating func repetition(_ least: Int, _ most: Int?) -> (Int, Int?) {
    rest.removeFirst()
    return (least, most)
  }

  private mutating func atom(_ scalar: Unicode.Scalar) -> Part? {
    switch scalar {
    case ".": return .one(Members(ranges: [10...10], isComplement: true))
    case "^", "$": return .place(Character(scalar))
    case "[": return members().map(Part.one)
    case "(": return group()
    case "\\": return escape()
    default: return .one(Members(ranges: [scalar.value...scalar.value]))
    }
  }

  private mutating func group() -> Part? {
    if rest.first == "?" {
      guard rest.dropFirst().first == ":" else { return nil }
      rest.removeFirst(2)
    }
    guard let inner = choice(), rest.first == ")" else { return nil }
    rest.removeFirst()
    return inner
  }

  private mutating func escape() -> Part? {
    guard let scalar = rest.popFirst() else { return nil }
    switch scalar {
    case "A", "z", "Z", "b", "B": return .place(Character(scalar))
    case "D", "W", "S":
      return Self.named(Unicode.Scalar(UInt8(scalar.value) + 32)).map {
        .one(Members(ranges: $0, isComplement: true))
      }
    default: return escaped(scalar).map { .one(Members(ranges: $0)) }
    }
  }

  /// What an escape stands for, as members of a class.
  private mutating func escaped(_ scalar: Unicode.Scalar) -> [ClosedRange<UInt32>]? {
    switch scalar {
    case "n": return [10...10]
    case "t": return [9...9]
    case "r": return [13...13]
    case "x":
      guard rest.first == "{", let end = rest.firstIndex(of: "}"),
        let value = UInt32(String(String.UnicodeScalarView(rest[(rest.startIndex + 1)..<end])), radix: 16)
      else { return nil }
      rest = rest[(end + 1)...]
      return [value...value]
    case "d", "w", "s": return Self.named(scalar)
    default: return scalar.properties.isAlphabetic ? nil : [scalar.value...scalar.value]
    }
  }

  private static func named(_ scalar: Unicode.Scalar) -> [ClosedRange<UInt32>]? {
    switch scalar {
    case "d": [0x30...0x39]
    case "w": [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A]
    case "s": [0x09...0x0D, 0x20...0x20]
    default: nil
    }
  }

  private mutating func members() -> Members? {
    var members = Members(ranges: [])
    if rest.first == "^" {
      rest.removeFirst()
      members.isComplement = true
    }
    var isFirst = true
    while let scalar = rest.popFirst() {
      if scalar == "]", !isFirst { return members }
      isFirst = false
      guard let added = member(scalar) else { return nil }
      members.ranges += added
    }
    return nil
  }

  private mutating func member(_ scalar: Unicode.Scalar) -> [ClosedRange<UInt32>]? {
    if scalar == "[", rest.first == ":" { return posix() }
    guard let first = single(scalar) else { return nil }
    guard first.count == 1, rest.first == "-", rest.dropFirst().first != "]" else { return first }
    rest.removeFirst()
    guard let upper = rest.popFirst(), let last = single(upper)?.last else { return nil }
    return first[0].lowerBound <= last.upperBound ? [first[0].lowerBound...last.upperBound] : nil
  }

  private mutating func single(_ scalar: Unicode.Scalar) -> [ClosedRange<UInt32>]? {
    guard scalar == "\\" else { return [scalar.value...scalar.value] }
    return rest.popFirst().flatMap { escaped($0) }
  }

  private mutating func posix() -> [ClosedRange<UInt32>]? {
    guard let end = rest.firstIndex(of: "]") else { return nil }
    let name = String(String.UnicodeScalarView(rest[..<end]))
    rest = rest[(end + 1)...]
    switch name {
    case ":alpha:": return [0x41...0x5A, 0x61...0x7A]
    case ":digit:": return [0x30...0x39]
    case ":alnum:": return [0x30...0x39, 0x41...0x5A, 0x61...0x7A]
    case ":upper:": return [0x41...0x5A]
    case ":lower:": return [0x61...0x7A]
    case ":space:": return [0x09...0x0D, 0x20...0x20]
    case ":blank:": return [0x09...0x09, 0x20...0x20]
    case ":punct:": return [0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E]
    case ":xdigit:": return [0x30...0x39, 0x41...0x46, 0x61...0x66]
    case ":print:": return [0x20...0x7E]
    case ":graph:": return [0x21...0x7E]
    case ":cntrl:": return [0x01...0x1F, 0x7F...0x7F]
    default: return nil
    }
  }
}
