import Tamis

/// A balance as a server keeps it, most of its texts on the heap.
struct Balance {
  var balanceID: String
  var ledgerID: String
  var identityID: String?
  var currency: String
  var indicator: String?
  var balance: Int64
  var creditBalance: Int64
  var debitBalance: Int64
  var inflightBalance: Int64
  var createdAt: Timestamp
  var metaData: String
  var version: Int64

  static let resource = Resource("balances", dialect: .suffix, defaultSort: [.descending("created_at")]) {
    Field("balance_id", .text).primaryKey()
    Field("ledger_id", .text)
    Field("identity_id", .text).nullable()
    Field("currency", .text)
    Field("indicator", .text).nullable()
    Field("balance", .bigInteger).sortable()
    Field("created_at", .timestamp).sortable()
    Field("meta_data", .json).openKeys()
  }

  /// Properties where they stand.
  static let shape = RecordShape<Balance>(resource) {
    Bind("balance_id", \.balanceID)
    Bind("ledger_id", \.ledgerID)
    Bind("identity_id", \.identityID)
    Bind("currency", \.currency)
    Bind("indicator", \.indicator)
    Bind("balance", \.balance)
    Bind("created_at", \.createdAt)
    Bind("meta_data", \.metaData)
  }

  /// The same by functions of a place in a span.
  static let functions = RecordShape<Balance>(resource) {
    Bind("balance_id") { rows, index in rows[index].balanceID }
    Bind("ledger_id") { rows, index in rows[index].ledgerID }
    Bind("identity_id") { rows, index in rows[index].identityID }
    Bind("currency") { rows, index in rows[index].currency }
    Bind("indicator") { rows, index in rows[index].indicator }
    Bind("balance") { rows, index in rows[index].balance }
    Bind("created_at") { rows, index in rows[index].createdAt }
    Bind("meta_data") { rows, index in rows[index].metaData }
  }
}

extension Balance {
  /// The same balances on every run.
  static func generate(_ count: Int) -> [Balance] {
    var random = SplitMix(state: 20_261_121)
    let ledgers = (0..<200).map { _ in "ldg_" + random.hexadecimal() }
    let others = ["EUR", "GBP", "NGN", "KES", "JPY", "CHF", "CAD", "AUD", "INR", "BRL", "ZAR"]
    return (0..<count).map { _ in
      let balance = Int64(bitPattern: random.next() >> (random.below(50) == 0 ? 1 : 24))
      return Balance(
        balanceID: "bal_" + random.hexadecimal(), ledgerID: ledgers[random.below(200)],
        identityID: random.below(100) < 30 ? nil : "idt_" + random.hexadecimal(),
        currency: random.below(100) < 35 ? "USD" : others[random.below(11) * random.below(11) / 11],
        indicator: random.below(100) < 60
          ? nil : (random.below(80) == 0 ? "abc" : "ind") + "_" + random.hexadecimal(),
        balance: balance, creditBalance: balance / 2, debitBalance: 0, inflightBalance: 0,
        createdAt: Timestamp(
          microseconds: 1_640_995_200_000_000 + Int64(random.below(94_608_000)) * 1_000_000
            + Int64(random.below(1_000_000))),
        metaData: #"{"tier":"\#(random.below(3) == 0 ? "gold" : "silver")","n":\#(random.below(1_000))}"#,
        version: 1)
    }
  }
}

struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  mutating func hexadecimal() -> String {
    let digits = String(next(), radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}
