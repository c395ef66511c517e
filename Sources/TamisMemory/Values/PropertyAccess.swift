/// How rows give values of which the loops need a copy.
protocol PropertyAccess<Value>: Sendable {
  associatedtype Value
  /// Of one row.
  func value(_ row: RowAddress) -> Value
  /// Of some rows of an array, in their order.
  func values(_ rows: RowSelection, _ first: RowAddress, stride: Int) -> [Value]
}

extension PropertyAccess {
  func values(_ rows: RowSelection, _ first: RowAddress, stride: Int) -> [Value] {
    rows.rows.map { value(first.row($0, stride: stride)) }
  }
}

/// By a loop over places in a span, which was compiled where the row's type is known.
struct GatheredAccess<Row, Value>: PropertyAccess {
  let gather: @Sendable (Span<Row>, [Int]) -> [Value]
  let get: @Sendable (Span<Row>, Int) -> Value

  init(
    gather: @escaping @Sendable (Span<Row>, [Int]) -> [Value],
    get: @escaping @Sendable (Span<Row>, Int) -> Value
  ) {
    self.gather = gather
    self.get = get
  }

  init(_ keyPath: any KeyPath<Row, Value> & Sendable) {
    self.init(
      gather: { rows, places in places.map { rows[$0][keyPath: keyPath] } },
      get: { rows, place in rows[place][keyPath: keyPath] })
  }

  func value(_ row: RowAddress) -> Value {
    row.withSpan(of: Row.self, count: 1) { get($0, 0) }
  }

  func values(_ rows: RowSelection, _ first: RowAddress, stride: Int) -> [Value] {
    let places = rows.rows
    return first.withSpan(of: Row.self, count: (places.last ?? -1) + 1) { gather($0, places) }
  }
}

/// A stored property of a struct, at its offset.
struct StoredAccess<Value>: PropertyAccess {
  let offset: Int

  func value(_ row: RowAddress) -> Value { row.value(at: offset, as: Value.self) }
}
