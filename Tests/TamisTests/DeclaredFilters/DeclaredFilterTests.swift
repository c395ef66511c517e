import Foundation
import Tamis
import Testing

/// Requests to resources with declared filters, under the faithful policy: the conditions, values, orders, pages and
/// refusals that API Platform's own classes gave, and the same records in memory and on every engine where the
/// records are known.
struct DeclaredFilterTests {
  /// What is not met, with its reason.
  private static let unmet: [String: String] = [
    "search-exact-null":
      "a query string has no null: to PHP, a name alone is an empty text, which is searched for",
    "probe-comparison-date-createdAtComparison-gt-": "an empty date is the present moment, which is refused",
    "orm-OrderFilter-nested-property": relatedOrder,
    "orm-OrderFilter-not-nullable-relation-will-be-a-left-join": relatedOrder,
    "orm-OrderFilter-nullable-field-in-relation-will-be-a-left-join": relatedOrder,
  ]
  private static let relatedOrder = "an order by a field of a related record is not possible"

  @Test(arguments: ["predicate", "order", "page", "error"])
  func cases(_ kind: String) throws {
    let records = try DeclaredFilterCase.recordSets()
    let cases = try DeclaredFilterCase.all().filter { $0.kind == kind }
    #expect(!cases.isEmpty)
    var met = 0
    for item in cases {
      let fault = try fault(item, records)
      if let reason = Self.unmet[item.id] {
        #expect(fault != nil, "\(item.id) is met now")
        print("\(kind): unmet \(item.id): \(reason)")
      } else if let fault {
        Issue.record("\(item.id) \(item.query): \(fault)")
      } else {
        met += 1
      }
    }
    print("declared filters, \(kind): \(met) of \(cases.count) met")
  }
}

extension DeclaredFilterTests {
  private func fault(_ item: DeclaredFilterCase, _ records: [String: [UInt8]]) throws -> String? {
    do {
      return try DeclaredFilterReplay(item, records).fault()
    } catch let error as QueryError {
      return "\(error)"
    }
  }
}

/// Runs one case.
private struct DeclaredFilterReplay {
  private let item: DeclaredFilterCase
  private let resource: Resource
  private let records: RecordSet?

  init(_ item: DeclaredFilterCase, _ sets: [String: [UInt8]]) throws {
    self.item = item
    let resource = try item.resource()
    self.resource = resource
    records = try item.records.flatMap { sets[$0] }.map { try RecordReader(resource: resource).readAll($0) }
  }

  /// Nil when everything is as it was measured.
  func fault() throws -> String? {
    let compiled: CompiledQuery
    do {
      compiled = try QueryCompiler(resource: resource, policy: .faithful).compile(item.query)
    } catch {
      return refusalFault(error)
    }
    if let status = item.expectation["status"] { return "is answered, and not refused with \(status)" }
    return try conditionFault(compiled) ?? orderFault(compiled) ?? pageFault(compiled) ?? warningFault(
      compiled)
      ?? recordFault(compiled)
  }

  private func refusalFault(_ error: QueryError) -> String? {
    guard let status = item.expectation["status"] as? Int else { return "is refused: \(error)" }
    let answers = error.diagnostics.compactMap(\.serverAnswer)
    guard answers.contains(where: { $0.status == status }) else {
      return "not refused with \(status): \(error)"
    }
    guard let message = item.expectation["message"] as? String else { return nil }
    return answers.contains { $0.message == message } ? nil : "not refused with '\(message)': \(answers)"
  }

  private func conditionFault(_ compiled: CompiledQuery) -> String? {
    guard let expected = item.expectation["where"] else { return nil }
    let found = PredicateOutline.text(compiled.query.predicate)
    let wanted = PredicateOutline.text(expected)
    return found == wanted ? nil : "expected \(wanted), found \(found)"
  }

  /// The server adds no key to those of the request; here the primary key follows.
  private func orderFault(_ compiled: CompiledQuery) -> String? {
    guard let expected = item.expectation["order"] as? [[String]] else { return nil }
    let found = compiled.query.sort.prefix(Swift.max(expected.count, 1)).map { key in
      [resource.fields[key.field.index].name, key.direction == .ascending ? "asc" : "desc"]
        + [key.nulls == .first ? "first" : "last"]
    }
    if expected.isEmpty { return compiled.query.sort.count == 1 ? nil : "expected no order, found \(found)" }
    let isSame = zip(found, expected).allSatisfy { $0.prefix($1.count).elementsEqual($1) }
    return found.count == expected.count && isSame ? nil : "expected the order \(expected), found \(found)"
  }

  private func pageFault(_ compiled: CompiledQuery) -> String? {
    let page = compiled.query.page
    if let isPaged = item.expectation["paged"] as? Bool {
      return (page.limit == 30) == isPaged ? nil : "paged is not \(isPaged): \(page)"
    }
    guard let limit = item.expectation["limit"] as? Int, let offset = item.expectation["offset"] as? Int
    else {
      return nil
    }
    return page == Page(limit: limit, offset: offset) ? nil : "expected \(offset), \(limit), found \(page)"
  }

  /// What is ignored is said.
  private func warningFault(_ compiled: CompiledQuery) -> String? {
    guard item.expectation["ignored"] as? Bool == true, !item.query.isEmpty else { return nil }
    return compiled.warnings.isEmpty ? "nothing says that it is ignored" : nil
  }

  private func recordFault(_ compiled: CompiledQuery) throws -> String? {
    guard let records else { return nil }
    let ids = try compiled.select(from: records).indices.map { records[$0].primaryKeyJSON }
    try CaseEngines(records).check(compiled, ids, item.id)
    if let count = item.expectation["count"] as? Int {
      return ids.count == count ? nil : "expected \(count) records, found \(ids.count)"
    }
    guard let expected = (item.expectation["ids"] as? [Int])?.map(String.init) else { return nil }
    let isOrdered = item.expectation["ordered"] as? Bool == true
    return (isOrdered ? ids == expected : ids.sorted() == expected.sorted())
      ? nil : "expected the records \(expected), found \(ids)"
  }
}
