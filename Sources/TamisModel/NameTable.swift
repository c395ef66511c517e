/// Finds a name's index by its bytes, without making a `String`: open addressing over a power of two.
package struct NameTable: Sendable {
  private var arena: [UInt8] = []
  /// For each name its range in the arena.
  private var ends: [Int32] = [0]
  /// Index of the name plus one, zero for an empty slot.
  private var slots: [UInt16]
  /// Bytes of the longest name: what is longer need not be hashed, however often it is asked for.
  package private(set) var longest = 0

  /// Where a name occurs twice, its first index wins. At most 65,534 names.
  package init(_ names: [String]) {
    let names = names.prefix(65_534)
    var capacity = 8
    while capacity < names.count * 2 { capacity *= 2 }
    slots = Array(repeating: 0, count: capacity)
    for name in names {
      arena.append(contentsOf: name.utf8)
      longest = Swift.max(longest, name.utf8.count)
      ends.append(Int32(clamping: arena.count))
    }
    for index in 0..<names.count { insert(index) }
  }

  private mutating func insert(_ index: Int) {
    let range = Int(ends[index])..<Int(ends[index + 1])
    var slot = Self.hash(arena, range) & (slots.count - 1)
    while slots[slot] != 0 {
      if equals(Int(slots[slot]) - 1, arena, range) { return }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = UInt16(index + 1)
  }

  package func index(of bytes: [UInt8], _ range: Range<Int>) -> Int? {
    guard range.count <= longest else { return nil }
    var slot = Self.hash(bytes, range) & (slots.count - 1)
    while slots[slot] != 0 {
      let candidate = Int(slots[slot]) - 1
      if equals(candidate, bytes, range) { return candidate }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  private func equals(_ index: Int, _ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    let start = Int(ends[index])
    guard Int(ends[index + 1]) - start == range.count else { return false }
    for offset in 0..<range.count where arena[start + offset] != bytes[range.lowerBound + offset] {
      return false
    }
    return true
  }

  /// FNV-1a. Names are the resource's, few and fixed, so a request cannot make it degenerate.
  private static func hash(_ bytes: [UInt8], _ range: Range<Int>) -> Int {
    var hash: UInt32 = 2_166_136_261
    for index in range {
      hash = (hash ^ UInt32(bytes[index])) &* 16_777_619
    }
    return Int(hash ^ (hash >> 15))
  }
}
