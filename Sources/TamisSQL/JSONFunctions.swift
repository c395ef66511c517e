/// How an engine's functions read JSON documents, where documents are text to it.
///
/// Documents hold numbers as canonical decimals, and numbers are read digit by digit, as the document writes them: an
/// engine that would read them through a binary float has another expression here, or none.
package struct JSONFunctions: Sendable {
  /// An expression over a document and a path, whose arguments are bindings or literals between commas.
  package typealias Reading = @Sendable (_ document: String, _ path: String) -> String

  package typealias Rows = @Sendable (_ document: String, _ path: String, _ alias: String) -> String

  /// The arguments that spell a path; nil for one that can not be spelled.
  var path: @Sendable (_ keys: [String]) -> [String]?
  /// The value as JSON, null where there is none.
  var value: Reading
  /// The name of the value's kind, as `kinds` has it; null where there is no value.
  var kind: Reading
  /// The text of a string.
  var string: Reading
  /// The digits of a number.
  var number: Reading
  /// A whole number of 64 bits.
  var integer: Reading
  /// Whether a boolean is true.
  var truth: Reading
  var kinds: Kinds
  /// The value as JSON text: `true`, `"a"`.
  var text: Reading
  var elements: Elements
  /// Whether one item of the array at a path passes a test.
  var anyItem: @Sendable (_ document: String, _ path: String, _ alias: String) -> ItemTest
  /// Whether items are read as exactly as the document: only then is containment.
  var readsItemsExactly = true
  /// Whether numbers that are not whole are read digit by digit: else only texts, whole numbers and booleans are read.
  var readsNumbers = true
  /// A body in which an expression has the name `n`.
  var letting: @Sendable (_ expression: String, _ body: String) -> String
  /// The place of the first point in `n`, as if one ended it.
  var pointPlace: String

  /// The items of the array at a path, or the object at a path as the only item; none for anything else.
  package enum Elements: Sendable {
    /// As a table with the column `value`.
    case rows(items: Rows, object: Rows)
    /// As an array, where a table could not see the row.
    case arrays(Arrays)
  }

  /// Arrays, and the engine's functions over them.
  package struct Arrays: Sendable {
    package typealias Call = @Sendable (_ array: String, _ name: String) -> SQLDialect.Wrapping

    var items: Reading
    var object: Reading
    /// Around a test: the items that pass it, whether one does, and how many do.
    var filter: Call
    var any: Call
    var count: Call
  }

  /// What stands around a test of an item, and how the test names the item.
  package struct ItemTest: Sendable {
    var opening: String
    var item: String
    var closing: String

    init(opening: String, item: String, closing: String) {
      self.opening = opening
      self.item = item
      self.closing = closing
    }

    /// Over the rows of `items`.
    init(rows: String, _ alias: String) {
      self.init(opening: "EXISTS (SELECT 1 FROM \(rows) WHERE ", item: alias + ".value", closing: ")")
    }
  }

  /// Names of kinds, as literals.
  package struct Kinds: Sendable {
    var string: String
    var integers: [String]
    var numbers: [String]
    var boolean: String
    var array: String
    var object: String
    var null: String
  }
}
