/// Where a row of a type that is known elsewhere stands in memory.
///
/// Invariant: made from the storage of a span, an array or a borrowed value, and used only while that is borrowed:
/// nothing keeps one. Whoever loads from it knows the row's type, because the column was made for that type.
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

  /// The row as a span of one.
  func withSpan<Row, Result>(of type: Row.Type, _ body: (Span<Row>) -> Result) -> Result {
    let rows = unsafe UnsafeBufferPointer(start: pointer.assumingMemoryBound(to: Row.self), count: 1)
    return unsafe body(rows.span)
  }

  /// What a property of the row holds.
  func value<Row, Value>(of keyPath: KeyPath<Row, Value>) -> Value {
    unsafe pointer.assumingMemoryBound(to: Row.self).pointee[keyPath: keyPath]
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
