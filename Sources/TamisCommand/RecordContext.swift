#if CommandLine
  import TamisJSON
  import TamisModel

  /// Gives records the members that a server knows and does not show: hidden fields that a record lacks.
  ///
  /// Metronome's balances belong to the customer who is asked for, unless the context says otherwise, and a balance
  /// is archived when its contract is among the archived ones.
  struct RecordContext: Equatable {
    /// What a line's `context` says.
    struct Facts: Equatable {
      /// `customer_of`: by a record's id the value of the hidden field that is asked for.
      var owners: [String: String] = [:]
      /// `archived_contract_ids`.
      var archivedContracts: Set<String> = []

      init() {}

      init(_ document: JSONDocument) throws(QueryError) {
        if let object = document.member("customer_of", of: 0) {
          for member in document.members(of: object) {
            owners[document.string(at: member.name).asciiLowercased] = document.string(at: member.value)
          }
        }
        if let array = document.member("archived_contract_ids", of: 0) {
          for item in document.items(of: array) {
            archivedContracts.insert(document.string(at: item).asciiLowercased)
          }
        }
      }
    }

    /// A hidden field with the value that the request compares it with.
    private struct Wanted: Equatable {
      var name: String
      var value: String
    }

    private var wanted: [Wanted] = []
    private var hasArchivedFlag = false
    private var facts = Facts()

    private static let archivedFlag = "contract_archived"

    init(_ query: Query, _ facts: Facts) {
      let resource = query.resource
      let hidden = resource.fields.filter { $0.isHidden && $0.recordPath == [$0.name] }
      guard !hidden.isEmpty else { return }
      self.facts = facts
      hasArchivedFlag = hidden.contains { $0.name == Self.archivedFlag }
      for node in query.nodes where node.kind == .compare && node.comparison == .equal {
        let field = resource.field(node.field)
        guard let operand = query.operand(of: node, 0), operand.hasText,
          hidden.contains(where: { $0.name == field.name })
        else { continue }
        wanted.append(Wanted(name: field.name, value: query.string(of: operand)))
      }
    }

    /// Nothing to add: records can be read as they are.
    var isEmpty: Bool { wanted.isEmpty && !hasArchivedFlag }

    /// The record with what it lacks put in front of its own members.
    func complete(_ record: [UInt8], limits: QueryLimits) throws(QueryError) -> [UInt8] {
      let document = try JSONDocument.parse(record, limits: limits)
      guard document.nodes[0].kind == .object else { return record }
      var writer = JSONWriter()
      writer.beginObject()
      for field in wanted where document.member(field.name, of: 0) == nil {
        writer.name(field.name)
        writer.string(owner(of: document) ?? field.value)
      }
      if hasArchivedFlag, document.member(Self.archivedFlag, of: 0) == nil {
        writer.name(Self.archivedFlag)
        writer.boolean(isArchived(document))
      }
      for member in document.members(of: 0) {
        writer.name(document.bytes(of: member.name))
        let span = document.nodes[member.value].span
        writer.raw(record[span.start..<span.end])
      }
      writer.endObject()
      return writer.bytes
    }

    private func owner(of record: JSONDocument) -> String? {
      guard !facts.owners.isEmpty, let id = record.member("id", of: 0) else { return nil }
      return facts.owners[record.string(at: id).asciiLowercased]
    }

    private func isArchived(_ record: JSONDocument) -> Bool {
      guard !facts.archivedContracts.isEmpty, let id = record.value(at: ["contract", "id"]) else {
        return false
      }
      return facts.archivedContracts.contains(record.string(at: id).asciiLowercased)
    }
  }
#endif
