#if CommandLine
  import TamisModel
  import TamisReport

  /// The lines of an NDJSON file, kept as bytes: what they mean depends on the resource, and on who asks.
  struct RecordFile {
    let name: String
    let lines: [[UInt8]]

    /// Records are the caller's own: bounded only where recursion and offsets need it.
    static let limits: QueryLimits = {
      var limits = QueryLimits()
      limits.bodyBytes = 1 << 30
      limits.valueBytes = 1 << 30
      limits.depth = 200
      return limits
    }()

    /// Reads the whole file; blank lines stay, so that places are the file's own.
    init(path: String) throws(CommandFailure) {
      name = path
      let descriptor = try SystemFile.openForReading(path)
      defer { SystemFile.close(descriptor) }
      var reader = LineReader(descriptor: descriptor)
      var lines: [[UInt8]] = []
      do {
        while let line = try reader.next() { lines.append(line) }
      } catch {
        guard case .inputOutput(let reason) = error else { throw error }
        throw .inputOutput("\(Escaping.text(path)): \(reason)")
      }
      self.lines = lines
    }

    /// The lines that hold records, with their numbers.
    var records: [(number: Int, bytes: [UInt8])] {
      lines.enumerated().compactMap { index, line in
        line.contains { $0 > 0x20 } ? (index + 1, line) : nil
      }
    }

    func failure(_ error: QueryError, line number: Int) -> CommandFailure {
      let first = error.diagnostics.first
      let column = (first?.span.start ?? 0) + 1
      let pointer = first?.parameter.map { Escaping.text($0) + ": " } ?? ""
      return .inputOutput(
        "\(Escaping.text(name)):\(number):\(column): \(pointer)\(first?.message ?? "not a record")")
    }
  }
#endif
