#if CommandLine
  import TamisJSON
  import TamisMemory
  import TamisModel

  /// A record of an answer, wherever it was found.
  protocol SelectedRecord {
    /// The primary key, of the key's own JSON type; several keys are an array.
    func writeKey(to writer: inout JSONWriter)
    /// The fields that the query selects, in the resource's order.
    func selectedJSON(_ query: Query) -> String
  }

  extension Record: SelectedRecord {
    /// Text and integers have one spelling, so the record's own text need not be read again for it.
    func writeKey(to writer: inout JSONWriter) {
      let keys = resource.primaryKey
      if keys.count == 1 {
        switch value(of: keys[0]) {
        case .text(let text): return writer.string(text)
        case .integer(let number): return writer.integer(number)
        case .decimal, .boolean, .uuid, .date, .timestamp, .enumeration, .json, .argument, nil: break
        }
      }
      writer.raw(primaryKeyJSON.utf8)
    }
  }
#endif
