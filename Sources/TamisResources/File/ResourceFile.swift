public import TamisModel

/// A resource as a JSON file, for servers and tools that are not written in Swift, or that are configured.
///
///     {
///       "name": "balances",
///       "dialect": "suffix",
///       "fields": [
///         {"name": "balance_id", "type": "text", "primaryKey": true},
///         {"name": "created_at", "type": "timestamp", "sortable": true}
///       ],
///       "defaultSort": ["-created_at"]
///     }
///
/// It says everything that `Resource` can say; `resource.schema.json` beside this source describes it to editors.
/// What is left out has the value that the builder gives.
public enum ResourceFile {
  /// The resource of a file.
  ///
  /// - Throws: everything wrong with the file, each problem with its span in the file's bytes: not JSON, members
  ///   that mean nothing (with the nearest that does), values of a wrong kind, names that lead nowhere, and what
  ///   `Resource.faults` finds.
  public static func read(_ json: [UInt8]) throws(QueryError) -> Resource {
    var reader = try ResourceFileReader(json)
    return try reader.read()
  }

  /// The same for text.
  public static func read(_ json: String) throws(QueryError) -> Resource { try read(Array(json.utf8)) }

  /// The canonical file of a resource: members in one order, defaults left out. Reading it gives the resource again.
  public static func write(_ resource: Resource) -> String {
    JSONLayout.text(ResourceFileWriter.value(of: resource))
  }

  /// Bytes that a file may have.
  static let byteLimit = 4 << 20
  /// Items that a list of fields, parameters and the like may have.
  static let itemLimit = 4_096
  /// Cases that an enumeration may have.
  static let caseLimit = 65_534
}
