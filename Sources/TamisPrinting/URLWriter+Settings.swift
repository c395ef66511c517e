import TamisModel
import TamisSyntax

/// The order, the page, the answer's fields and what to include, in a query string.
extension URLWriter {
  // MARK: Order

  mutating func writeOrder() {
    guard let keys = WrittenOrder(query) else {
      problems.append(refusal.part("this order", reason: "its keys or where null stands are not a client's"))
      return
    }
    guard !keys.keys.isEmpty else { return }
    if dialect == .bracket {
      for key in keys.keys { writePlain(["order", key.name], key.isDescending ? "desc" : "asc") }
    } else {
      writeNames(["sort"], keys.signed)
    }
  }

  // MARK: Page

  mutating func writePage() {
    guard let settings = WrittenPage(query) else {
      problems.append(refusal.part("this page", reason: "the resource does not offer it"))
      return
    }
    for setting in settings.settings {
      guard let name = name(of: setting.kind) else {
        problems.append(refusal.part("page \(setting.kind)"))
        return
      }
      writePlain(name, String(setting.value))
    }
  }

  private func name(of kind: ParsedPageSetting.Kind) -> [String]? {
    switch (dialect, kind) {
    case (.jsonAPI, _), (.jsonAPIKeys, _): ["page", "\(kind)"]
    case (.suffix, .limit), (.mixed, .limit): ["limit"]
    case (.suffix, .offset), (.mixed, .offset): ["offset"]
    case (.bracket, .number), (.mixed, .number): ["page"]
    case (.bracket, .size), (.mixed, .size): ["itemsPerPage"]
    case (.bracket, .cursor), (.mixed, .cursor): ["cursor"]
    case (.suffix, _), (.bracket, _), (.body, _), (.mixed, _): nil
    }
  }

  // MARK: The answer

  mutating func writeSelection() {
    guard query.selection != resource.defaultSelection else { return }
    let names = query.selection.map { resource.field($0).name }
    switch dialect {
    case _ where names.isEmpty: problems.append(refusal.part("an answer without fields"))
    case .jsonAPI, .jsonAPIKeys: writeNames(["fields", resource.type], names)
    case .suffix, .mixed: writeNames(["fields"], names)
    case .bracket, .body: problems.append(refusal.part("a choice of fields"))
    }
  }

  mutating func writeInclusion() {
    guard !query.inclusion.isEmpty else { return }
    if query.inclusions.contains(where: { $0.predicate != .always }) {
      problems.append(refusal.part("a choice among related records to include"))
    }
    switch dialect {
    case .jsonAPI, .jsonAPIKeys, .suffix, .mixed: writeNames(["include"], query.inclusion)
    case .bracket, .body: problems.append(refusal.part("related records to include"))
    }
  }
}
