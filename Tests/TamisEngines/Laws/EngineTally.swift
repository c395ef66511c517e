/// What one engine has been asked.
package struct EngineTally {
  package var version = ""
  /// Random queries, each compared record by record and in order.
  package var queries = 0
  /// All statements: those of the queries, of walks over pages, of partitions.
  package var statements = 0
  package var records = 0
  package var differences = 0
  package var refusals = 0
  package var seconds = 0.0

  package init() {}
}
