import TamisModel
import TamisSyntax

/// A value of the runtime's name tree: text, or an array of values under keys.
indirect enum FormValue: Sendable {
  /// The text of the leaf with this index.
  case text(Int)
  case array([FormEntry])

  /// The leaves below, in order.
  var leaves: [Int] {
    switch self {
    case .text(let leaf): [leaf]
    case .array(let entries): entries.flatMap(\.value.leaves)
    }
  }

  var firstLeaf: Int? {
    switch self {
    case .text(let leaf): leaf
    case .array(let entries): entries.first?.value.firstLeaf
    }
  }

  subscript(_ key: String) -> FormValue? {
    switch self {
    case .text: nil
    case .array(let entries): entries.first { $0.key == key }?.value
    }
  }
}

/// A value and the key that it stands under.
struct FormEntry: Sendable {
  let key: String
  let value: FormValue

  // PHP: a key that is a canonical decimal integer is a number, every other is text.
  var hasIntegerKey: Bool {
    let bytes = Array(key.utf8)
    guard let number = Coercion.plainInteger(bytes, 0..<bytes.count) else { return false }
    return String(number) == key
  }
}

/// The whole name tree of a request.
struct FormTree: Sendable {
  let roots: [FormEntry]
  let leafCount: Int

  /// Leaves stand in the order of the tree, those below one name side by side.
  init(_ parsed: ParsedQuery) {
    let leaves = parsed.parameters.map { parsed.allSegments(of: $0.name).map { parsed.string(of: $0) } }
    leafCount = leaves.count
    roots = Self.entries(leaves, leaves.indices, depth: 0)
  }

  /// Recursion is bounded by the depth to which the runtime nests names.
  private static func entries(_ leaves: [[String]], _ range: Range<Int>, depth: Int) -> [FormEntry] {
    guard depth < 200 else { return [] }
    var entries: [FormEntry] = []
    var start = range.lowerBound
    while start < range.upperBound {
      let key = leaves[start][depth]
      var end = start + 1
      while end < range.upperBound, leaves[end][depth] == key { end += 1 }
      let isText = end == start + 1 && leaves[start].count == depth + 1
      // A leaf beside longer names of the same beginning does not come from any runtime.
      let first = leaves[start].count == depth + 1 ? start + 1 : start
      entries.append(
        FormEntry(
          key: key,
          value: isText ? .text(start) : .array(Self.entries(leaves, first..<end, depth: depth + 1))))
      start = end
    }
    return entries
  }

  subscript(_ name: String) -> FormValue? { roots.first { $0.key == name }?.value }

  /// The value of a parameter whose key has these segments.
  ///
  // API Platform: below a list, the key is looked up in each of its elements.
  func value(at path: [String]) -> FormValue? {
    guard let root = path.first, var value = self[root] else { return nil }
    for segment in path.dropFirst() {
      guard case .array(let entries) = value else { return nil }
      if let inner = value[segment] {
        value = inner
      } else {
        let collected = entries.compactMap { $0.value[segment] }
        guard Self.isList(entries), !collected.isEmpty else { return nil }
        value = .array(collected.enumerated().map { FormEntry(key: String($0.offset), value: $0.element) })
      }
    }
    return value
  }

  // PHP: a list has the keys 0, 1, 2, … in this order.
  private static func isList(_ entries: [FormEntry]) -> Bool {
    entries.enumerated().allSatisfy { $0.element.key == String($0.offset) }
  }
}
