/// A public name that stands for several fields of one type: a criterion of it holds where it holds of one of them.
///
///     VirtualField("balance_id", .field("source"), .field("destination"))
///     VirtualField("indicator", .related("source_balance", "indicator"), …)
///
/// `balance_id_eq=b1` · SQL `(source = $1 OR destination = $1)`. What denies something denies it of every field of
/// the record itself: `balance_id_ne=b1` · SQL `source <> $1 AND destination <> $1`, and so does `isnull`. Of related
/// records it is still enough that there is one.
public struct VirtualField: Hashable, Sendable {
  public enum Part: Hashable, Sendable {
    /// A field of the record.
    case field(String)
    /// A field of a relation's elements, by the names of both.
    case related(String, String)
  }

  /// What clients write.
  public var name: String
  public var parts: [Part]
  /// Nil for every operator that the first of its fields allows.
  public var operators: OperatorSet?

  public init(_ name: String, _ parts: Part..., operators: OperatorSet? = nil) {
    self.init(name, parts: parts, operators: operators)
  }

  public init(_ name: String, parts: [Part], operators: OperatorSet? = nil) {
    self.name = name
    self.parts = parts
    self.operators = operators
  }
}
