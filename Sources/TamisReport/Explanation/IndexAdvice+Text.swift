import TamisSQL

extension IndexAdvice.Verdict {
  /// `balances_by_currency, equality`
  var text: String {
    switch self {
    case .served(let index, let access): "\(index), \(access.rawValue)"
    case .alternatives(let indexes): indexes.joined(separator: " or ") + ", one search for each alternative"
    case .elements(let index): "\(index) finds the elements, but every record is looked at"
    case .constant: "the same for every record"
    case .notServed(let obstacle): "no index; \(obstacle.message)"
    }
  }
}

extension IndexAdvice.Order {
  var text: String {
    switch self {
    case .given(let index, let isBackward): index + (isBackward ? ", read backwards" : "")
    case .held: "the filter holds its keys to one value"
    case .oneRecord(let index): "\(index) finds one record at most"
    case .begun(let index, let keys, let obstacle):
      "\(index) gives the first \(keys == 1 ? "key" : "\(keys) keys"), and equal ones are sorted; "
        + obstacle.message
    case .sorted(let obstacle): "sorted; \(obstacle.message)"
    }
  }
}
