import TamisCatalog
import TamisTesting

/// Parses, plans, emits and selects. An input that breaks a law ends the process, which is how libFuzzer learns of it.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: data, count: size))
  if let violation = Law.requests.violation(of: input) { preconditionFailure(violation) }
  return 0
}

enum Law {
  static let requests = RequestLaw(resources: Catalog.all.map(\.resource))
}
