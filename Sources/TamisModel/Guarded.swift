import Synchronization

/// A value behind a lock.
///
/// It is a `Mutex`, whose locking the Swift library does where ThreadSanitizer does not look, so that it takes every use
/// of such a value for a race. In the build of `Tests/run --sanitize` an atomic, which it does see, says the same order
/// again.
package struct Guarded<Value>: ~Copyable, Sendable {
  private let mutex: Mutex<Value>
  #if TAMIS_THREAD_SANITIZER
    private let order = Atomic(false)
  #endif

  package init(_ value: consuming sending Value) {
    mutex = Mutex(value)
  }

  package func withLock<Result, Failure: Error>(
    _ body: (inout sending Value) throws(Failure) -> sending Result
  ) throws(Failure) -> sending Result {
    try mutex.withLock { value throws(Failure) in
      #if TAMIS_THREAD_SANITIZER
        _ = order.load(ordering: .acquiring)
        defer { order.store(true, ordering: .releasing) }
      #endif
      return try body(&value)
    }
  }
}
