import Synchronization

/// Holds one template, once. Read without a lock by any number of threads.
final class TemplatePlace: Sendable {
  /// Invariant: zero, or the address of a template that this object retained when it was stored. It is stored once,
  /// and released by `deinit` only, so whoever reads it through a living place may use it.
  private let address = Atomic<UInt>(0)

  deinit { unsafe reference?.release() }

  private var reference: Unmanaged<StatementTemplate>? {
    unsafe UnsafeRawPointer(bitPattern: address.load(ordering: .acquiring)).map {
      unsafe Unmanaged<StatementTemplate>.fromOpaque($0)
    }
  }

  var template: StatementTemplate? { unsafe reference?.takeUnretainedValue() }

  /// Whether there was room.
  func keep(_ template: StatementTemplate) -> Bool {
    let retained = unsafe Unmanaged.passRetained(template)
    let desired = unsafe UInt(bitPattern: retained.toOpaque())
    let isStored = address.compareExchange(expected: 0, desired: desired, ordering: .acquiringAndReleasing)
      .exchanged
    if !isStored { unsafe retained.release() }
    return isStored
  }
}
