extension String {
  /// The request's bytes, copied at once.
  var requestBytes: [UInt8] {
    // The buffer is lent for the call only, and copied in it.
    unsafe utf8.withContiguousStorageIfAvailable { unsafe Array($0) } ?? Array(utf8)
  }
}
