/// How a row gives a value that does not stand in it.
protocol PropertyAccess<Value>: Sendable {
  associatedtype Value
  func value(_ row: RowAddress) -> Value
}

/// By a key path: a computed property, or one of a class.
struct KeyPathAccess<Row, Value>: PropertyAccess {
  let keyPath: any KeyPath<Row, Value> & Sendable

  func value(_ row: RowAddress) -> Value { row.value(of: keyPath) }
}

/// By a function of the row's place in a span: a row that is handed over by value would be copied first, with all
/// its strings.
struct FunctionAccess<Row, Value>: PropertyAccess {
  let function: @Sendable (Span<Row>, Int) -> Value

  func value(_ row: RowAddress) -> Value { row.withSpan(of: Row.self) { function($0, 0) } }
}

/// A stored property of a struct, at its offset.
struct StoredAccess<Value>: PropertyAccess {
  let offset: Int

  func value(_ row: RowAddress) -> Value { row.value(at: offset, as: Value.self) }
}
