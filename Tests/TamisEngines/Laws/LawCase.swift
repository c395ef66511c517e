package import TamisModel
package import TamisTesting

/// One question over one resource's records, and the answer that it must have.
package struct LawCase {
  package var generated: GeneratedResource
  /// As it was meant, before normalisation.
  package var typed: Query
  /// What engines run.
  package var normalised: Query
  package var kind = LawQuestion.Kind.page
  /// The record beside which the page begins.
  package var beside: RecordPlace?
  /// The request's text, where there is one.
  package var request: WrittenRequest?
  package var expected: EngineAnswer

  var question: LawQuestion { LawQuestion(normalised, kind) }
}

/// Parties that do not agree.
package struct Difference {
  package var lawCase: LawCase
  package var party: String
  package var version: String
  package var found: EngineAnswer
  package var explanation: String

  package init(
    lawCase: LawCase, party: String, version: String, found: EngineAnswer, explanation: String
  ) {
    self.lawCase = lawCase
    self.party = party
    self.version = version
    self.found = found
    self.explanation = explanation
  }
}

extension Difference: CustomStringConvertible {
  package var description: String {
    let generated = lawCase.generated
    let resource = generated.resource
    let query = lawCase.typed
    let order = query.sort.map { key in
      "\(resource.field(key.field).name) \(key.direction), nulls \(key.nulls)"
    }
    let fields = (0..<resource.fieldCount).map { index in
      let field = resource.field(FieldID(index))
      return "    \(field.name): \(field.type.noun)\(field.isNullable ? "?" : "") column \(field.columnName)"
        + (field.jsonLocation.map { " in \($0.column)/\($0.path.joined(separator: "/"))" } ?? "")
        + " \(field.storageOverrides)"
    }
    let place = lawCase.beside.map { ", \($0.side) record \($0.number)" } ?? ""
    return """
      \(party) does not agree. Resource seed \(generated.seed), paging \(resource.paging), \
      offset \(resource.offsetMinutes), scope \(generated.scope)
      \(fields.joined(separator: "\n"))
        relations: \(resource.relations.map { "\($0.name) \($0.cardinality) \($0.location)" })
        records:
      \(generated.records.map { "    \($0)" }.joined(separator: "\n"))
        request: \(lawCase.request.map { "\($0.dialect.rawValue) \($0.text)" } ?? "none")
        typed: \(query.predicate)
        normalised: \(lawCase.normalised.predicate)
        order: \(order.joined(separator: ", ")); page \(query.page.limit) from \(query.page.offset)\(place)
        asked: \(lawCase.kind)
        expected: \(lawCase.expected)
        \(party): \(found)
        \(explanation)
      """
  }
}
