public import TamisModel

/// A resource that was made from something else, and what to know about it before it is used.
public struct ImportedResource: Sendable {
  public var resource: Resource
  /// What could not be said, and what had to be assumed; in the order in which it was met.
  public var notes: [ImportNote]
}

/// A sentence about one part of what was imported.
public struct ImportNote: Hashable, Sendable, CustomStringConvertible {
  /// The parameter, property or column.
  public var subject: String
  public var text: String

  public init(_ subject: String, _ text: String) {
    self.subject = subject
    self.text = text
  }

  public var description: String { "\(subject): \(text)" }
}

/// What an import can not see, and its caller may know.
public struct ImportOptions: Sendable {
  /// The resource's name; that of the path or table when nil.
  public var name: String?
  /// How requests are spelled; what fits best when nil.
  public var dialect: QueryDialect?
  /// The primary key, where none is recognised.
  public var key: String?
  public var defaultSort: [SortOrder] = []

  public init(
    name: String? = nil, dialect: QueryDialect? = nil, key: String? = nil, defaultSort: [SortOrder] = []
  ) {
    self.name = name
    self.dialect = dialect
    self.key = key
    self.defaultSort = defaultSort
  }
}
