public import TamisModel

/// Decoded records, kept side by side so that a filter reads only the fields it tests.
public struct RecordSet: Sendable, RandomAccessCollection {
  let storage: RecordStorage

  public var resource: Resource { storage.resource }
  public var startIndex: Int { 0 }
  public var endIndex: Int { storage.table.rowCount }

  public subscript(position: Int) -> Record {
    Record(storage: storage, row: position)
  }
}
