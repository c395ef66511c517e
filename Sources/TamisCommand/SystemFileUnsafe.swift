#if CommandLine
  import TamisReport

  #if canImport(Glibc)
    import Glibc
  #elseif canImport(Musl)
    import Musl
  #else
    import Darwin
  #endif

  /// The few calls of the system that the streams need.
  enum SystemFile {
    static let standardInput: Int32 = 0
    static let standardOutput: Int32 = 1
    static let standardError: Int32 = 2

    /// A broken pipe is to be an error of `write`, not a signal.
    static func ignoreBrokenPipes() {
      _ = signal(SIGPIPE, SIG_IGN)
    }

    static func isTerminal(_ descriptor: Int32) -> Bool {
      isatty(descriptor) == 1
    }

    static func openForReading(_ path: String) throws(CommandFailure) -> Int32 {
      // The path's C string lives as long as the call.
      let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw .inputOutput("\(Escaping.text(path)): \(reason(errno))") }
      return descriptor
    }

    static func close(_ descriptor: Int32) {
      #if canImport(Glibc)
        _ = Glibc.close(descriptor)
      #elseif canImport(Musl)
        _ = Musl.close(descriptor)
      #else
        _ = Darwin.close(descriptor)
      #endif
    }

    /// All bytes of a file.
    static func contents(_ path: String) throws(CommandFailure) -> [UInt8] {
      let descriptor = try openForReading(path)
      defer { close(descriptor) }
      var bytes: [UInt8] = []
      do {
        while try read(descriptor, count: 1 << 16, into: &bytes) > 0 {}
      } catch {
        guard case .inputOutput(let reason) = error else { throw error }
        throw .inputOutput("\(Escaping.text(path)): \(reason)")
      }
      return bytes
    }

    /// Appends at most `count` bytes; 0 at the end of the file.
    static func read(
      _ descriptor: Int32, count: Int, into bytes: inout [UInt8]
    ) throws(CommandFailure) -> Int {
      let start = bytes.count
      bytes.append(contentsOf: repeatElement(0, count: count))
      while true {
        // The buffer holds `count` bytes from `start` on, and does not move during the call.
        let result = unsafe bytes.withUnsafeMutableBytes { buffer in
          unsafe systemRead(descriptor, buffer.baseAddress.map { unsafe $0 + start }, count)
        }
        if result < 0, errno == EINTR { continue }
        bytes.removeLast(count - Swift.max(0, result))
        guard result >= 0 else { throw .inputOutput("reading failed: \(reason(errno))") }
        return result
      }
    }

    /// Writes all of the bytes.
    static func write(_ descriptor: Int32, _ bytes: [UInt8]) throws(CommandFailure) {
      var start = 0
      while start < bytes.count {
        // Reads `bytes.count - start` bytes from `start` on, all inside the buffer.
        let result = unsafe bytes.withUnsafeBytes { buffer in
          unsafe systemWrite(descriptor, buffer.baseAddress.map { unsafe $0 + start }, buffer.count - start)
        }
        if result < 0, errno == EINTR { continue }
        guard result >= 0 else {
          throw errno == EPIPE ? .brokenPipe : .inputOutput("writing failed: \(reason(errno))")
        }
        start += result
      }
    }

    /// The first newline at or after `start`.
    static func newline(in bytes: [UInt8], from start: Int) -> Int? {
      // Looks at the bytes from `start` to the end of the buffer, no further.
      unsafe bytes.withUnsafeBytes { buffer in
        guard start < buffer.count, let base = buffer.baseAddress else { return nil }
        guard let found = unsafe memchr(base + start, 10, buffer.count - start) else { return nil }
        return unsafe UnsafeRawPointer(found) - base
      }
    }

    private static func reason(_ code: Int32) -> String {
      // `strerror` gives a static text, copied here.
      guard let text = unsafe strerror(code) else { return "error \(code)" }
      return unsafe String(cString: text)
    }

    private static func systemRead(_ descriptor: Int32, _ start: UnsafeMutableRawPointer?, _ count: Int)
      -> Int
    {
      guard let start = unsafe start else { return 0 }
      #if canImport(Glibc)
        return unsafe Glibc.read(descriptor, start, count)
      #elseif canImport(Musl)
        return unsafe Musl.read(descriptor, start, count)
      #else
        return unsafe Darwin.read(descriptor, start, count)
      #endif
    }

    private static func systemWrite(_ descriptor: Int32, _ start: UnsafeRawPointer?, _ count: Int) -> Int {
      guard let start = unsafe start else { return 0 }
      #if canImport(Glibc)
        return unsafe Glibc.write(descriptor, start, count)
      #elseif canImport(Musl)
        return unsafe Musl.write(descriptor, start, count)
      #else
        return unsafe Darwin.write(descriptor, start, count)
      #endif
    }
  }
#endif
