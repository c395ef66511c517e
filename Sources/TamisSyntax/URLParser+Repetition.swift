import TamisModel

/// What is seldom needed: names that stand there twice. Both look names up by their bytes in a dictionary, so that
/// the time stays linear however many there are.
extension URLParser {
  /// Reads the names once more, and reports each that came before, as a value or as a list.
  mutating func reportRepeatedNames() {
    var scratch = ParsedQuery()
    scratch.buffer = query.buffer
    // Faults of names have been reported.
    var silent = DiagnosticBag(limit: 1)
    var lexer = self.lexer
    var count = 0
    var seen: [[UInt8]: Bool] = [:]
    while count < limits.parameters, let pair = lexer.next(query.buffer.span) {
      count += 1
      guard let parameter = lexer.readName(pair, into: &scratch, reporting: &silent) else { continue }
      let (key, isList) = Self.key(scratch, parameter.segments)
      if let before = seen[key], !(before && isList) {
        let name = Self.spell(scratch, parameter.segments)
        bag.report(.repeatedParameter(name: name), pair.span, parameter: name)
      }
      seen[key] = isList && seen[key] ?? true
    }
  }

  /// A name's bytes without a trailing `[]`, and whether there was one.
  private static func key(_ query: ParsedQuery, _ segments: Range<Int>) -> (name: [UInt8], isList: Bool) {
    var segments = segments
    let isList = segments.count > 1 && query.segments[segments.upperBound - 1].isEmpty
    if isList { segments = segments.dropLast() }
    var name: [UInt8] = []
    for segment in segments {
      // No segment of a name with brackets holds one.
      name.append(UInt8(ascii: "["))
      name += query.bytes(of: query.segments[segment])
    }
    return (name, isList)
  }

  private static func spell(_ query: ParsedQuery, _ segments: Range<Int>) -> String {
    query.segments[segments].dropFirst().reduce(query.string(of: query.segments[segments.lowerBound])) {
      $0 + "[\(query.string(of: $1))]"
    }
  }

  /// `type[]=A&type[]=B` is one list, at the place of its first item. Its items are laid side by side.
  mutating func gatherLists() {
    var places: [[UInt8]: Int] = [:]
    var items: [[Int]] = []
    var kept: [ParsedFilterNode] = []
    var heads: [Int] = []
    kept.reserveCapacity(query.filter.count)
    for node in query.filter {
      let value = query.values[Int(node.value)]
      guard value.kind == .list else {
        kept.append(node)
        continue
      }
      let first = Int(node.name.firstSegment)
      let (key, _) = Self.key(query, first..<first + Int(node.name.segmentCount))
      if let place = places[key] {
        items[place].append(Int(value.firstItem))
      } else {
        places[key] = items.count
        items.append([Int(value.firstItem)])
        heads.append(Int(node.value))
        kept.append(node)
      }
    }
    for index in kept.indices { kept[index].end = UInt32(clamping: index + 1) }
    query.filter = kept
    for (list, head) in zip(items, heads) where list.count > 1 { lay(list, head) }
  }

  private mutating func lay(_ items: [Int], _ list: Int) {
    var items = items[...]
    if items.count > limits.listItems {
      items = items.prefix(limits.listItems)
      bag.report(.tooManyItems(limit: limits.listItems), query.values[list].text.span)
    }
    query.values[list].firstItem = UInt32(clamping: query.values.count)
    query.values[list].itemCount = UInt32(clamping: items.count)
    for item in items { query.values.append(query.values[item]) }
  }
}
