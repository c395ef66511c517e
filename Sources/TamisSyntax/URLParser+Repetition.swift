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
      let (key, isList) = Self.key(scratch, parameter.name)
      if let before = seen[key], !(before && isList) {
        let name = scratch.displayName(parameter.name)
        bag.report(.repeatedParameter(name: name), pair.span, parameter: name)
      }
      seen[key] = isList && seen[key] ?? true
    }
  }

  /// A name's bytes without a trailing `[]`, and whether there was one.
  private static func key(_ query: ParsedQuery, _ name: ParsedName) -> (key: [UInt8], isList: Bool) {
    var rest = query.rest(of: name)
    let isList = rest.last?.isEmpty == true
    if isList { rest = rest.dropLast() }
    var key = Array(query.bytes(of: name.first))
    for segment in rest {
      // No segment of a name with brackets holds one.
      key.append(UInt8(ascii: "["))
      key += query.bytes(of: segment)
    }
    return (key, isList)
  }

  /// `type[]=A&type[]=B` is one list, at the place of its first item. Its items are laid side by side.
  mutating func gatherLists() {
    var places: [[UInt8]: Int] = [:]
    var items: [[Int]] = []
    var kept: [ParsedFilterNode] = []
    // The place of each list in `kept`.
    var heads: [Int] = []
    kept.reserveCapacity(query.filter.count)
    for node in query.filter {
      guard node.value.kind == .list else {
        kept.append(node)
        continue
      }
      let (key, _) = Self.key(query, node.name)
      if let place = places[key] {
        items[place].append(Int(node.value.firstItem))
      } else {
        places[key] = items.count
        items.append([Int(node.value.firstItem)])
        heads.append(kept.count)
        kept.append(node)
      }
    }
    for index in kept.indices { kept[index].end = UInt32(clamping: index + 1) }
    query.filter = ParsedFilter(kept)
    for (list, head) in zip(items, heads) where list.count > 1 { lay(list, head) }
  }

  private mutating func lay(_ items: [Int], _ list: Int) {
    var items = items[...]
    if items.count > limits.listItems {
      items = items.prefix(limits.listItems)
      bag.report(.tooManyItems(limit: limits.listItems), query.filter[list].value.text.span)
    }
    query.filter[list].value.firstItem = UInt32(clamping: query.items.count)
    query.filter[list].value.itemCount = UInt32(clamping: items.count)
    for item in items { query.items.append(query.items[item]) }
  }
}
