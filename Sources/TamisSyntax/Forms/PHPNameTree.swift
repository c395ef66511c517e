import TamisModel

/// The arrays that PHP makes of a query string's names. A key keeps the place of its first appearance, the last value
/// wins, and a value replaces an array, or an array a value.
///
/// Everything is flat: entries in one array, linked in the order of their arrays, and found through one table of
/// hashes. An array that takes the place of another gets a number of its own, so that what was in the other is never
/// found again.
struct PHPNameTree {
  /// A value, and the pair that gave it.
  struct Leaf {
    var name: ParsedName
    var value: ParsedValue

    var span: SourceSpan { name.span.union(value.text.span) }
  }

  private struct Entry {
    var array: Int
    var key: ParsedText
    var next = -1
    var previous = -1
    /// The number of the entry's own array; -1 where it is a value.
    var content = -1
    var leaf: Leaf
    var isGone = false
  }

  private struct Table {
    var owner: Int
    var first = -1
    var last = -1
    /// The key of the next `[]`; nil once there is none left.
    var nextIndex: Int? = 0
    var hasIntegerKey = false
  }

  private var entries: [Entry] = []
  private var arrays = [Table(owner: -1)]
  /// Places of entries plus one; 0 is free. A power of two of them.
  private var slots = [UInt32](repeating: 0, count: 64)

  /// The number of the array at the top.
  static let root = 0

  // MARK: Writing

  /// The array under a key: the one that is there, or a new one in the place of whatever is.
  mutating func openArray(
    _ array: Int, _ key: ParsedText, _ buffer: [UInt8], replaced: inout [Leaf]
  ) -> Int {
    if let entry = find(array, key, buffer) {
      if entries[entry].content < 0 {
        replaced.append(entries[entry].leaf)
        setArray(of: entry)
      }
      return entries[entry].content
    }
    let entry = append(
      array, key, buffer, Leaf(name: .none(key.span), value: .init(kind: .absent, text: key)))
    setArray(of: entry)
    return entries[entry].content
  }

  /// Sets the value under a key.
  mutating func set(
    _ array: Int, _ key: ParsedText, _ leaf: Leaf, _ buffer: [UInt8], replaced: inout [Leaf]
  ) {
    guard let entry = find(array, key, buffer) else {
      append(array, key, buffer, leaf)
      return
    }
    visitLeaves(of: entry) { replaced.append($0) }
    entries[entry].content = -1
    entries[entry].leaf = leaf
  }

  /// Takes a key and all under it away.
  mutating func remove(_ array: Int, _ key: ParsedText, _ buffer: [UInt8], replaced: inout [Leaf]) {
    guard let entry = find(array, key, buffer) else { return }
    visitLeaves(of: entry) { replaced.append($0) }
    entries[entry].isGone = true
    let (previous, next) = (entries[entry].previous, entries[entry].next)
    if previous >= 0 { entries[previous].next = next } else { arrays[array].first = next }
    if next >= 0 { entries[next].previous = previous } else { arrays[array].last = previous }
  }

  /// The number that `[]` stands for; nil when there is none left.
  // PHP: the greatest integer key there has been, plus one.
  func nextIndex(_ array: Int) -> Int? { arrays[array].nextIndex }

  private mutating func setArray(of entry: Int) {
    entries[entry].content = arrays.count
    arrays.append(Table(owner: entry))
  }

  @discardableResult
  private mutating func append(_ array: Int, _ key: ParsedText, _ buffer: [UInt8], _ leaf: Leaf) -> Int {
    let place = entries.count
    var entry = Entry(array: array, key: key, leaf: leaf)
    entry.previous = arrays[array].last
    if entry.previous >= 0 { entries[entry.previous].next = place } else { arrays[array].first = place }
    arrays[array].last = place
    entries.append(entry)
    if let number = PHPKey.integer(buffer[key.range]) { count(number, in: array) }
    insert(place, buffer)
    return place
  }

  private mutating func count(_ number: Int, in array: Int) {
    let (next, isOver) = number.addingReportingOverflow(1)
    if isOver {
      arrays[array].nextIndex = nil
    } else if let free = arrays[array].nextIndex, next > free || !arrays[array].hasIntegerKey {
      arrays[array].nextIndex = next
    }
    arrays[array].hasIntegerKey = true
  }

  // MARK: Looking up

  private func find(_ array: Int, _ key: ParsedText, _ buffer: [UInt8]) -> Int? {
    var slot = firstSlot(array, key, buffer)
    while slots[slot] != 0 {
      let place = Int(slots[slot]) - 1
      let entry = entries[place]
      if entry.array == array, !entry.isGone, buffer[entry.key.range] == buffer[key.range] { return place }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  private mutating func insert(_ place: Int, _ buffer: [UInt8]) {
    if (entries.count + 1) * 2 > slots.count {
      slots = [UInt32](repeating: 0, count: slots.count * 4)
      for place in entries.indices { occupy(place, buffer) }
    } else {
      occupy(place, buffer)
    }
  }

  private mutating func occupy(_ place: Int, _ buffer: [UInt8]) {
    var slot = firstSlot(entries[place].array, entries[place].key, buffer)
    while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = UInt32(truncatingIfNeeded: place + 1)
  }

  /// Seeded anew in each process, so that nobody can choose names that collide.
  private func firstSlot(_ array: Int, _ key: ParsedText, _ buffer: [UInt8]) -> Int {
    var hasher = Hasher()
    hasher.combine(array)
    var word: UInt64 = 0
    var filled = 0
    for byte in buffer[key.range] {
      word = word << 8 | UInt64(byte)
      filled += 1
      if filled & 7 == 0 { hasher.combine(word) }
    }
    hasher.combine(word)
    hasher.combine(filled)
    return hasher.finalize() & (slots.count - 1)
  }

  // MARK: Reading

  /// All values, in the order of the tree.
  func visitLeaves(_ visit: (Leaf) -> Void) {
    visitLeaves(from: arrays[Self.root].first, in: Self.root, visit)
  }

  /// The values at and under one entry.
  private func visitLeaves(of entry: Int, _ visit: (Leaf) -> Void) {
    let content = entries[entry].content
    if content < 0 {
      visit(entries[entry].leaf)
    } else {
      visitLeaves(from: arrays[content].first, in: content, visit)
    }
  }

  private func visitLeaves(from first: Int, in top: Int, _ visit: (Leaf) -> Void) {
    var entry = first
    while entry >= 0 {
      let content = entries[entry].content
      if content >= 0, arrays[content].first >= 0 {
        entry = arrays[content].first
        continue
      }
      if content < 0 { visit(entries[entry].leaf) }
      while entries[entry].next < 0 {
        let array = entries[entry].array
        if array == top { return }
        entry = arrays[array].owner
      }
      entry = entries[entry].next
    }
  }
}
