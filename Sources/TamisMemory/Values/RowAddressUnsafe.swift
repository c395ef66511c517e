/// Where a row of a type that is known elsewhere stands in memory.
///
/// Invariant: made from the storage of a span, an array or a borrowed value, and used only while that is borrowed:
/// nothing keeps one. Whoever loads from it knows the row's type, because the column was made for that type.
///
/// An offset comes from `MemoryLayout.offset(of:)`, which is nil but for storage inside the row itself, where the
/// standard library promises that loading through the offset is what the key path does. A value that no offset
/// reaches is copied out by its key path first, and stands at offset 0 of the copy.
@safe struct RowAddress {
  private let pointer: UnsafeRawPointer

  init(_ pointer: UnsafeRawPointer) {
    unsafe self.pointer = pointer
  }

  /// Of an array of rows that are `stride` bytes apart; `row` is one of them.
  @inline(__always)
  func row(_ row: Int, stride: Int) -> RowAddress {
    unsafe RowAddress(pointer + row &* stride)
  }

  /// The value of type `Value` that begins `offset` bytes after the row.
  @inline(__always)
  func value<Value>(at offset: Int, as type: Value.Type) -> Value {
    unsafe (pointer + offset).assumingMemoryBound(to: Value.self).pointee
  }

  /// The value of type `Value` at `offset` is lent, not copied.
  @inline(__always)
  func withValue<Value, Result>(at offset: Int, as type: Value.Type, _ body: (borrowing Value) -> Result)
    -> Result
  {
    unsafe body((pointer + offset).assumingMemoryBound(to: Value.self).pointee)
  }

  /// The row and those after it, all of type `Row`.
  func withSpan<Row, Result>(of type: Row.Type, count: Int, _ body: (Span<Row>) -> Result) -> Result {
    let rows = unsafe UnsafeBufferPointer(start: pointer.assumingMemoryBound(to: Row.self), count: count)
    return unsafe body(rows.span)
  }

  // MARK: Texts

  /// Whether the `String` at `offset` passes a test of its cell and bytes, which are lent and not copied.
  @inline(__always)
  func holdsText(at offset: Int, _ test: (Cell, Span<UInt8>) -> Bool) -> Bool {
    let text = unsafe (pointer + offset).assumingMemoryBound(to: String.self)
    let outcome = unsafe text.pointee.utf8.withContiguousStorageIfAvailable { bytes in
      unsafe bytes.count <= Cell.longestText && test(Cell(text: bytes), bytes.span)
    }
    return outcome ?? false
  }

  /// The same of a `String?`; nil never passes.
  @inline(__always)
  func holdsOptionalText(at offset: Int, _ test: (Cell, Span<UInt8>) -> Bool) -> Bool {
    let text = unsafe (pointer + offset).assumingMemoryBound(to: String?.self)
    let outcome = unsafe text.pointee?.utf8.withContiguousStorageIfAvailable { bytes in
      unsafe bytes.count <= Cell.longestText && test(Cell(text: bytes), bytes.span)
    }
    return outcome ?? false
  }

  /// Whether the `String` or `String?` at `offset` is a short text; nil where its words do not say.
  @inline(__always)
  func isSame(_ text: ShortText, at offset: Int) -> Bool? {
    unsafe text.isSame(pointer + offset)
  }

  @inline(__always)
  func isNullText(at offset: Int) -> Bool {
    unsafe (pointer + offset).assumingMemoryBound(to: String?.self).pointee == nil
  }

  // MARK: Making one

  static func with<Row, Result>(_ row: borrowing Row, _ body: (RowAddress) -> Result) -> Result {
    unsafe withUnsafePointer(to: row) { unsafe body(RowAddress(UnsafeRawPointer($0))) }
  }

  /// The first of some rows; an empty span has none.
  static func withFirst<Row, Result>(of rows: Span<Row>, _ body: (RowAddress) -> Result) -> Result? {
    unsafe rows.withUnsafeBufferPointer { unsafe $0.baseAddress.map { unsafe body(RowAddress($0)) } }
  }
}

extension Cell {
  /// A text cell over bytes, its first eight loaded at once: loads overlap where there are fewer, and stay inside.
  @inline(__always)
  init(text bytes: UnsafeBufferPointer<UInt8>) {
    self.init(.text, unsafe Self.prefix(of: UnsafeRawBufferPointer(bytes)), text: 0..<bytes.count)
  }

  @inline(__always)
  private static func prefix(of bytes: UnsafeRawBufferPointer) -> Int64 {
    let count = bytes.count
    let word: UInt64
    if count >= 8 {
      word = unsafe UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self))
    } else if count >= 4 {
      let head = unsafe UInt64(UInt32(bigEndian: bytes.loadUnaligned(as: UInt32.self)))
      let tail = unsafe UInt64(
        UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self)))
      word = head << 32 | tail << UInt64(truncatingIfNeeded: 8 &* (8 &- count))
    } else if count >= 2 {
      let head = unsafe UInt64(UInt16(bigEndian: bytes.loadUnaligned(as: UInt16.self)))
      let tail = unsafe UInt64(bytes[count &- 1])
      word = head << 48 | tail << UInt64(truncatingIfNeeded: 8 &* (8 &- count))
    } else {
      word = count == 0 ? 0 : unsafe UInt64(bytes[0]) << 56
    }
    return Int64(bitPattern: word)
  }
}
