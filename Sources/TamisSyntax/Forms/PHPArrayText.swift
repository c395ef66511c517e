import TamisJSON

extension ParsedQuery {
  /// The arrays that a PHP server sees, as its `json_encode` writes them: a list where the keys count from 0, else an
  /// object. For tests, and for people who look for what became of a name.
  package var phpArrayJSON: String {
    var writer = JSONWriter()
    write(parameters[...], at: 0, to: &writer)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// The array of the leaves, whose names agree before `depth`. Recursion ends with the names, whose length the reader
  /// bounds.
  private func write(_ leaves: ArraySlice<ParsedParameter>, at depth: Int, to writer: inout JSONWriter) {
    let members = members(of: leaves, at: depth)
    let isList = members.enumerated().allSatisfy { $0.element.key == String($0.offset) }
    if isList { writer.beginArray() } else { writer.beginObject() }
    for member in members {
      if !isList { writer.name(member.key) }
      if let leaf = member.leaves.first, leaf.name.segmentCount == depth + 1 {
        writer.string(string(of: leaf.value.text))
      } else {
        write(member.leaves, at: depth + 1, to: &writer)
      }
    }
    if isList { writer.endArray() } else { writer.endObject() }
  }

  private func members(
    of leaves: ArraySlice<ParsedParameter>, at depth: Int
  ) -> [(key: String, leaves: ArraySlice<ParsedParameter>)] {
    var members: [(key: String, leaves: ArraySlice<ParsedParameter>)] = []
    var start = leaves.startIndex
    while start < leaves.endIndex {
      let key = segment(leaves[start].name, depth)
      var end = start + 1
      while end < leaves.endIndex, segment(leaves[end].name, depth) == key { end += 1 }
      members.append((key, leaves[start..<end]))
      start = end
    }
    return members
  }

  private func segment(_ name: ParsedName, _ depth: Int) -> String {
    string(of: depth == 0 ? name.first : segments[name.rest.lowerBound + depth - 1])
  }
}
