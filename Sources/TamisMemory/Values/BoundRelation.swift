/// A relation's elements among rows of one type.
protocol BoundRelation: Sendable {
  /// Whether one of a row's elements passes.
  func hasElement(_ row: RowAddress, where test: (RowAddress) -> Bool) -> Bool
}

/// An array of elements; nil is an array of none.
struct ManyElements<Element, Access: PropertyAccess<[Element]>>: BoundRelation {
  let access: Access

  func hasElement(_ row: RowAddress, where test: (RowAddress) -> Bool) -> Bool {
    Self.contains(access.value(row), where: test)
  }

  static func contains(_ elements: [Element], where test: (RowAddress) -> Bool) -> Bool {
    let size = MemoryLayout<Element>.stride
    return RowAddress.withFirst(of: elements.span) { first in
      elements.indices.contains { test(first.row($0, stride: size)) }
    } ?? false
  }
}

struct OptionalManyElements<Element, Access: PropertyAccess<[Element]?>>: BoundRelation {
  let access: Access

  func hasElement(_ row: RowAddress, where test: (RowAddress) -> Bool) -> Bool {
    access.value(row).map { ManyElements<Element, StoredAccess<[Element]>>.contains($0, where: test) }
      ?? false
  }
}

/// One element, or none.
struct OneElement<Element, Access: PropertyAccess<Element?>>: BoundRelation {
  let access: Access

  func hasElement(_ row: RowAddress, where test: (RowAddress) -> Bool) -> Bool {
    guard let element = access.value(row) else { return false }
    return RowAddress.with(element, test)
  }
}

/// Always one element.
struct ExactlyOneElement<Element, Access: PropertyAccess<Element>>: BoundRelation {
  let access: Access

  func hasElement(_ row: RowAddress, where test: (RowAddress) -> Bool) -> Bool {
    RowAddress.with(access.value(row), test)
  }
}
