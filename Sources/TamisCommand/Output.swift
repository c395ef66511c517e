#if CommandLine
  /// Where text goes: a file, or memory for tests. Written in blocks.
  final class Output {
    private let descriptor: Int32?
    private(set) var bytes: [UInt8] = []

    private static let block = 1 << 16

    init(descriptor: Int32) {
      self.descriptor = descriptor
    }

    /// Keeps everything in `bytes`.
    init() {
      descriptor = nil
    }

    /// What was written to memory.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    func write(_ text: String) throws(CommandFailure) {
      try write(text.utf8)
    }

    func write(_ text: some Collection<UInt8>) throws(CommandFailure) {
      bytes.append(contentsOf: text)
      if bytes.count >= Self.block { try flush() }
    }

    func line(_ text: some Collection<UInt8>) throws(CommandFailure) {
      bytes.append(contentsOf: text)
      bytes.append(UInt8(ascii: "\n"))
      if bytes.count >= Self.block { try flush() }
    }

    func flush() throws(CommandFailure) {
      guard let descriptor, !bytes.isEmpty else { return }
      defer { bytes.removeAll(keepingCapacity: true) }
      try SystemFile.write(descriptor, bytes)
    }
  }
#endif
