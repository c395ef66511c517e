#if CommandLine
  /// Lines of a file or pipe, as bytes, one at a time.
  struct LineReader {
    private let descriptor: Int32?
    private var bytes: [UInt8]
    private var start = 0
    /// Up to here no newline was seen.
    private var searched = 0
    private var isAtEnd = false

    private static let chunk = 1 << 16
    /// A line that would not fit the spans' width, or the machine.
    private static let longestLine = 1 << 30

    /// Reads from an open file, which the caller closes.
    init(descriptor: Int32) {
      self.descriptor = descriptor
      bytes = []
      bytes.reserveCapacity(2 * Self.chunk)
    }

    /// Reads from memory.
    init(bytes: [UInt8]) {
      descriptor = nil
      self.bytes = bytes
      isAtEnd = true
    }

    init(_ text: String) {
      self.init(bytes: Array(text.utf8))
    }

    /// The next line without its end (`\n` or `\r\n`); nil after the last one.
    mutating func next() throws(CommandFailure) -> [UInt8]? {
      while true {
        if let end = SystemFile.newline(in: bytes, from: searched) { return take(to: end, past: end + 1) }
        searched = bytes.count
        if isAtEnd { return start < bytes.count ? take(to: bytes.count, past: bytes.count) : nil }
        try fill()
      }
    }

    /// Whether the next line is here already, so that nobody waits for an answer while we wait for input.
    var hasLine: Bool {
      SystemFile.newline(in: bytes, from: searched) != nil || (isAtEnd && start < bytes.count)
    }

    private mutating func take(to end: Int, past next: Int) -> [UInt8] {
      let hasReturn = end > start && bytes[end - 1] == UInt8(ascii: "\r")
      let line = Array(bytes[start..<(hasReturn ? end - 1 : end)])
      start = next
      searched = next
      return line
    }

    private mutating func fill() throws(CommandFailure) {
      if start > 0 {
        bytes.removeSubrange(..<start)
        searched -= start
        start = 0
      }
      guard bytes.count < Self.longestLine else {
        throw .inputOutput("a line of more than \(Self.longestLine) bytes")
      }
      guard let descriptor else { return }
      // Growing with what is there keeps a long line linear.
      let count = Swift.max(Self.chunk, bytes.count)
      if try SystemFile.read(descriptor, count: count, into: &bytes) == 0 { isAtEnd = true }
    }
  }
#endif
