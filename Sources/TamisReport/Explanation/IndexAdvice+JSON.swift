import TamisJSON
import TamisSQL

extension IndexAdvice {
  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.flag("filter_served", isFilterServed)
    writer.flag("order_served", isOrderServed)
    writer.list("clauses", clauses) { clause, writer in
      writer.beginObject()
      writer.member("clause", clause.text)
      writer.name("span")
      writer.span(clause.span)
      clause.verdict.writeMembers(to: &writer)
      writer.endObject()
    }
    writer.name("order")
    order.write(to: &writer)
    if let boundary {
      writer.name("place")
      writer.beginObject()
      boundary.writeMembers(to: &writer)
      writer.endObject()
    }
    writer.endObject()
  }
}

extension IndexAdvice.Verdict {
  fileprivate func writeMembers(to writer: inout JSONWriter) {
    writer.list("indexes", indexes) { $1.escapedString($0) }
    switch self {
    case .served(_, let access): writer.member("access", access.rawValue)
    case .alternatives: writer.member("access", "alternatives")
    case .elements: writer.member("access", "elements")
    case .constant: writer.member("access", "constant")
    case .notServed(let obstacle): writer.member("reason", obstacle.message)
    }
  }

  private var indexes: [String] {
    switch self {
    case .served(let index, _), .elements(let index): [index]
    case .alternatives(let indexes): indexes
    case .constant, .notServed: []
    }
  }
}

extension IndexAdvice.Order {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.beginObject()
    switch self {
    case .given(let index, let isBackward):
      writer.member("index", index)
      writer.flag("backward", isBackward)
    case .held: writer.member("access", "constant")
    case .oneRecord(let index):
      writer.member("index", index)
      writer.member("access", "one record")
    case .begun(let index, let keys, let obstacle):
      writer.member("index", index)
      writer.name("keys")
      writer.integer(keys)
      writer.member("reason", obstacle.message)
    case .sorted(let obstacle): writer.member("reason", obstacle.message)
    }
    writer.endObject()
  }
}

extension JSONWriter {
  fileprivate mutating func flag(_ name: String, _ flag: Bool) {
    self.name(name)
    boolean(flag)
  }
}
