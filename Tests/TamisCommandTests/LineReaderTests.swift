#if CommandLine
  import Foundation
  import Testing

  @testable import TamisCommand

  /// Lines come out as they went in, whatever their length and ends.
  struct LineReaderTests {
    private static func lines(_ reader: LineReader) throws -> [String] {
      var reader = reader
      var lines: [String] = []
      while let line = try reader.next() { lines.append(String(decoding: line, as: UTF8.self)) }
      return lines
    }

    @Test(arguments: [
      ("", []), ("\n", [""]), ("a", ["a"]), ("a\n", ["a"]), ("a\r\nb\r\n", ["a", "b"]),
      ("a\n\nb", ["a", "", "b"]),
      ("\r\n", [""]), ("a\rb\n", ["a\rb"]),
    ])
    func ends(_ text: String, _ expected: [String]) throws {
      #expect(try Self.lines(LineReader(text)) == expected)
    }

    @Test func filesInChunks() throws {
      let scratch = try Scratch()
      let expected = [String(repeating: "x", count: 200_000)] + (0..<30_000).map { "line \($0)" }
      let descriptor = try SystemFile.openForReading(
        try scratch.file("lines", expected.joined(separator: "\n") + "\n"))
      defer { SystemFile.close(descriptor) }
      #expect(try Self.lines(LineReader(descriptor: descriptor)) == expected)
    }
  }
#endif
