/// Finds a name's index by its bytes, without making a `String`: open addressing over a power of two.
package final class NameTable: Sendable {
  private struct Slot: Sendable {
    var hash: UInt32
    /// The name in the arena; empty slots end before they start.
    var start: UInt32
    var end: UInt32
    /// Index of the name plus one, zero for an empty slot.
    var index: UInt32
  }

  private let arena: [UInt8]
  private let slots: [Slot]
  /// Bytes of the longest name: what is longer need not be hashed, however often it is asked for.
  package let longest: Int

  package static let maximumCount = 65_534

  /// Where a name occurs twice, its first index wins. No more than `maximumCount` names are looked at.
  package init(_ names: [String]) {
    let names = names.prefix(Self.maximumCount)
    var capacity = 8
    while capacity < names.count * 2 { capacity *= 2 }
    var slots = Array(repeating: Slot(hash: 0, start: 0, end: 0, index: 0), count: capacity)
    var arena: [UInt8] = []
    for (index, name) in names.enumerated() {
      let start = arena.count
      arena.append(contentsOf: name.utf8)
      let range = start..<arena.count
      let hash = Self.hash(arena, range)
      var slot = Int(hash) & (capacity - 1)
      while slots[slot].index != 0, !Self.holds(slots[slot], hash, arena, arena, range) {
        slot = (slot + 1) & (capacity - 1)
      }
      if slots[slot].index == 0 {
        slots[slot] = Slot(
          hash: hash, start: UInt32(clamping: start), end: UInt32(clamping: arena.count),
          index: UInt32(index + 1))
      }
    }
    self.arena = arena
    self.slots = slots
    longest = names.map(\.utf8.count).max() ?? 0
  }

  package func index(of bytes: [UInt8], _ range: Range<Int>) -> Int? {
    guard range.count <= longest else { return nil }
    let hash = Self.hash(bytes, range)
    let mask = slots.count &- 1
    var position = Int(hash) & mask
    while true {
      let slot = slots[position]
      if slot.index == 0 { return nil }
      if slot.hash == hash, Self.holds(slot, hash, arena, bytes, range) { return Int(slot.index) &- 1 }
      position = (position &+ 1) & mask
    }
  }

  private static func holds(
    _ slot: Slot, _ hash: UInt32, _ arena: [UInt8], _ bytes: [UInt8], _ range: Range<Int>
  ) -> Bool {
    guard slot.hash == hash, Int(slot.end) &- Int(slot.start) == range.count else { return false }
    let known = arena.span.extracting(Int(slot.start)..<Int(slot.end))
    let asked = bytes.span.extracting(range)
    for index in known.indices where known[index] != asked[index] { return false }
    return true
  }

  /// Length and four bytes. Names are the resource's, few and fixed, so a request cannot make it degenerate, and a
  /// long name costs no more than a short one.
  private static func hash(_ bytes: [UInt8], _ range: Range<Int>) -> UInt32 {
    let count = range.count
    guard count > 0 else { return 0 }
    let start = range.lowerBound
    let low = UInt32(bytes[start]) | UInt32(bytes[start &+ count &- 1]) &<< 8
    let high = UInt32(bytes[start &+ count &>> 1]) | UInt32(bytes[start &+ count &>> 2]) &<< 8
    var hash = (low | high &<< 16) &* 0x9E37_79B1
    hash = (hash ^ (hash &>> 15) ^ UInt32(truncatingIfNeeded: count)) &* 0x85EB_CA6B
    return hash ^ (hash &>> 13)
  }
}
