#if CommandLine
  import TamisModel

  /// Finds where the members of an object, or the items of an array, begin and end, without reading them.
  ///
  /// A line's parts go to different readers, each with spans and limits of its own; so the line is only cut here.
  /// Only brackets and strings are looked at: whoever reads a part finds what is wrong inside it.
  struct JSONSplitter {
    struct Member: Equatable {
      /// Between the quotes, undecoded.
      var name: Range<Int>
      var value: Range<Int>
    }

    private let bytes: [UInt8]
    private var index: Int
    private let end: Int

    private init(_ bytes: [UInt8], _ range: Range<Int>) {
      self.bytes = bytes
      index = range.lowerBound
      end = range.upperBound
    }

    static func members(of bytes: [UInt8], in range: Range<Int>) throws(QueryError) -> [Member] {
      var splitter = JSONSplitter(bytes, range)
      var members: [Member] = []
      try splitter.list("{", "}", "an object") { (splitter: inout JSONSplitter) throws(QueryError) in
        let name = try splitter.name()
        try splitter.expect(":", "':'")
        members.append(Member(name: name, value: try splitter.value()))
      }
      return members
    }

    static func items(of bytes: [UInt8], in range: Range<Int>) throws(QueryError) -> [Range<Int>] {
      var splitter = JSONSplitter(bytes, range)
      var items: [Range<Int>] = []
      try splitter.list("[", "]", "an array") { (splitter: inout JSONSplitter) throws(QueryError) in
        items.append(try splitter.value())
      }
      return items
    }

    // opening [ part *( "," part ) ] closing
    private mutating func list(
      _ opening: Unicode.Scalar, _ closing: Unicode.Scalar, _ noun: String,
      _ part: (inout JSONSplitter) throws(QueryError) -> Void
    ) throws(QueryError) {
      try expect(opening, noun)
      if !skip(closing) {
        repeat { try part(&self) } while skip(",")
        try expect(closing, "',' or '\(closing)'")
      }
      skipBlanks()
      if index < end { throw fault("the end of the text") }
    }

    private mutating func name() throws(QueryError) -> Range<Int> {
      skipBlanks()
      guard index < end, bytes[index] == UInt8(ascii: "\"") else { throw fault("a member's name") }
      let quoted = try string()
      return quoted.lowerBound + 1..<quoted.upperBound - 1
    }

    private mutating func value() throws(QueryError) -> Range<Int> {
      skipBlanks()
      guard index < end else { throw fault("a value") }
      switch bytes[index] {
      case UInt8(ascii: "\""): return try string()
      case UInt8(ascii: "{"), UInt8(ascii: "["): return try nested()
      default: return try word()
      }
    }

    private mutating func string() throws(QueryError) -> Range<Int> {
      let start = index
      index += 1
      while index < end {
        let byte = bytes[index]
        index += byte == UInt8(ascii: "\\") ? 2 : 1
        if byte == UInt8(ascii: "\"") { return start..<index }
      }
      index = end
      throw fault("'\"'")
    }

    private mutating func nested() throws(QueryError) -> Range<Int> {
      let start = index
      var closings: [UInt8] = []
      while index < end {
        let byte = bytes[index]
        switch byte {
        case UInt8(ascii: "\""):
          _ = try string()
          continue
        case UInt8(ascii: "{"): closings.append(UInt8(ascii: "}"))
        case UInt8(ascii: "["): closings.append(UInt8(ascii: "]"))
        // A closing bracket of the wrong kind closes nothing.
        case UInt8(ascii: "}"), UInt8(ascii: "]"): if closings.last == byte { closings.removeLast() }
        default: break
        }
        index += 1
        if closings.isEmpty { return start..<index }
      }
      throw fault("a closing bracket")
    }

    /// A number, `true`, `false` or `null`; or anything else up to the next separator.
    private mutating func word() throws(QueryError) -> Range<Int> {
      let start = index
      while index < end, !Self.endsWord(bytes[index]) { index += 1 }
      guard index > start else { throw fault("a value") }
      return start..<index
    }

    private static func endsWord(_ byte: UInt8) -> Bool {
      switch byte {
      case UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ":"), UInt8(ascii: "\""),
        UInt8(ascii: "{"), UInt8(ascii: "["), 0x20, 0x09, 0x0A, 0x0D:
        true
      default: false
      }
    }

    private mutating func expect(_ character: Unicode.Scalar, _ noun: String) throws(QueryError) {
      if !skip(character) { throw fault(noun) }
    }

    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
      skipBlanks()
      guard index < end, bytes[index] == UInt8(ascii: character) else { return false }
      index += 1
      return true
    }

    private mutating func skipBlanks() {
      while index < end {
        switch bytes[index] {
        case 0x20, 0x09, 0x0A, 0x0D: index += 1
        default: return
        }
      }
    }

    private func fault(_ expected: String) -> QueryError {
      QueryError(
        Diagnostic(.invalidJSON(expected: expected), SourceSpan(index, Swift.min(index + 1, end))))
    }
  }
#endif
