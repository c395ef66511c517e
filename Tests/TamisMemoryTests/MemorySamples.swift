import TamisMemory
import TamisModel

/// A resource with a field of every type, and relations of every kind.
let samples = Resource("samples", dialect: .suffix) {
  Field("id", .text).primaryKey()
  Field("name", .text).nullable().sortable()
  Field("count", .integer).nullable().sortable()
  Field("total", .bigInteger).nullable().sortable()
  Field("price", .decimal(precision: 30, scale: 2)).nullable().sortable()
  Field("active", .boolean).nullable().sortable()
  Field("key", .uuid).nullable().sortable()
  Field("day", .date).nullable().sortable()
  Field("at", .timestamp).nullable().sortable()
  Field(
    "state",
    .enumeration(Enumeration([.init("ready", stored: .integer(9)), .init("done", stored: .integer(4))]))
  )
  .nullable().sortable()
  Field("meta", .json).nullable().openKeys(levels: 3)
  Field("inner", .text).at("deep", "inner").nullable()
  Field("floor", .integer).nullable()
  Field("rate", .decimal(precision: 9, scale: 3)).nullable()
  Field("other", .text).nullable()
  Relation("items", .many) {
    Field("amount", .integer).nullable()
    Field("limit", .integer).nullable()
  }
  Relation("owner", .one) {
    Field("name", .text).nullable()
  }
}

let sampleReader = RecordReader(resource: samples)

/// A record with an `id` and the members given: `sample(#""count":5"#)`.
func sample(_ members: String) throws -> Record {
  try sampleReader.read(#"{"id":"r""# + (members.isEmpty ? "" : ",") + members + "}")
}

enum Truth: String { case yes, no, unknown }

/// The truth of a predicate: it selects, its negation selects, or neither does. Decided for one record, and for
/// many at once, which must agree.
func truth(_ predicate: Predicate, _ record: Record) throws -> Truth? {
  guard let query = Query(samples, where: predicate), let negated = Query(samples, where: .not(predicate))
  else { return nil }
  let positive = RecordSetPredicate(query)
  let negative = RecordSetPredicate(negated)
  let (isTrue, isFalse) = (try positive.matches(record), try negative.matches(record))
  let copies = try sampleReader.readAll(Array((record.json + "\n" + record.json).utf8))
  guard try positive.indices(in: copies) == (isTrue ? [0, 1] : []),
    try negative.indices(in: copies) == (isFalse ? [0, 1] : []), !(isTrue && isFalse)
  else { return nil }
  return isTrue ? .yes : isFalse ? .no : .unknown
}

/// A reproducible generator (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}

func decimal(_ text: String) -> Value { .decimal(Decimal(text) ?? Decimal("0")!) }
func instant(_ microseconds: Int64) -> Value { .timestamp(Timestamp(microseconds: microseconds)) }
func day(_ days: Int64) -> Value { .date(CalendarDate(daysSinceEpoch: days)) }
func meta(_ keys: String..., reading: JSONReading = .canonicalText) -> FieldPath {
  FieldPath("meta", keys: keys, reading: reading)
}
