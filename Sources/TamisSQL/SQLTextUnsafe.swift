import TamisModel

/// The text of a statement while it is written: straight into a string's storage, piece after piece, so that nothing
/// is copied or grown. What does not fit is counted only; the statement is then written again into enough room.
@safe struct SQLText: ~Copyable {
  /// Invariant: `place` is valid for `capacity` bytes while this value lives, because `SQLText.write` alone makes one,
  /// inside the closure that lends it the storage. The first `min(count, capacity)` bytes have been written.
  private let place: UnsafeMutablePointer<UInt8>
  private let capacity: Int
  /// Bytes of the whole text, whether they fit or not.
  private(set) var count = 0

  private init(_ storage: UnsafeMutableBufferPointer<UInt8>, _ place: UnsafeMutablePointer<UInt8>) {
    unsafe self.place = place
    capacity = storage.count
  }

  /// What `body` writes. It is run a second time when that was more than `estimate` bytes.
  @inline(__always)
  static func write(
    estimate: Int, _ body: (consuming SQLText) throws(QueryError) -> WrittenText
  ) throws(QueryError) -> (statement: SQLStatement, slots: [BindingSlot]?) {
    var capacity = estimate
    while true {
      var outcome: Result<WrittenText, QueryError>?
      let text = unsafe String(unsafeUninitializedCapacity: capacity) { storage in
        guard let place = storage.baseAddress else { return 0 }
        do throws(QueryError) {
          let written = try body(unsafe SQLText(storage, place))
          outcome = .success(written)
          return Swift.min(written.count, storage.count)
        } catch {
          outcome = .failure(error)
          return 0
        }
      }
      switch outcome {
      case .success(let written) where written.count <= capacity:
        return (SQLStatement(text: text, bindings: written.bindings), written.slots)
      case .success(let written): capacity = written.count
      case .failure(let error): throw error
      case nil: capacity = Swift.max(capacity, 64)
      }
    }
  }

  mutating func append(contentsOf bytes: [UInt8]) {
    unsafe bytes.withUnsafeBufferPointer { unsafe append(copying: $0.baseAddress, $0.count) }
  }

  mutating func append(_ part: String) {
    for byte in part.utf8 { append(byte) }
  }

  /// A literal of the source code: the emitter's own words.
  @inline(__always)
  mutating func append(_ literal: StaticString) {
    // A literal of more than one scalar is kept as a pointer to constant UTF-8 that lives as long as the program; a
    // literal of one scalar may be kept as that scalar, which has no pointer.
    if literal.hasPointerRepresentation {
      unsafe append(copying: literal.utf8Start, literal.utf8CodeUnitCount)
    } else {
      for byte in String(literal.unicodeScalar).utf8 { append(byte) }
    }
  }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    if count < capacity { unsafe place[count] = byte }
    count &+= 1
  }

  /// A number that is not negative, in decimal digits.
  @inline(__always)
  mutating func append(number: Int) {
    if number < 10 { append(48 &+ UInt8(truncatingIfNeeded: number)) } else { append(large: number) }
  }

  private mutating func append(large number: Int) {
    if number >= 10 { append(large: number / 10) }
    append(48 &+ UInt8(truncatingIfNeeded: number % 10))
  }

  private mutating func append(copying source: UnsafePointer<UInt8>?, _ length: Int) {
    if let source = unsafe source, length <= capacity &- count {
      unsafe (place + count).update(from: source, count: length)
    }
    count &+= length
  }
}

/// What a statement's writer leaves: the bytes its text has, and what is bound to it.
struct WrittenText {
  var count: Int
  var bindings: [SQLBinding]
  /// Where they came from; nil when they can not be found again.
  var slots: [BindingSlot]?
}

extension [UInt8] {
  /// Appends a literal of the source code: the emitter's own words.
  mutating func append(_ literal: StaticString) {
    // As above.
    if literal.hasPointerRepresentation {
      unsafe append(
        contentsOf: UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
    } else {
      append(contentsOf: String(literal.unicodeScalar).utf8)
    }
  }
}
