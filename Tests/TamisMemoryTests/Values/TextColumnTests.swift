import TamisMemory
import TamisModel
import Testing

/// Texts in every form in which Swift keeps a string, against operands of every length.
@Suite struct TextColumnTests {
  struct Row {
    var id: Int
    var text: String
    var optional: String?
  }

  private let resource = Resource("rows", dialect: .suffix) {
    Field("id", .integer).primaryKey()
    Field("text", .text)
    Field("optional", .text).nullable()
  }

  /// Of one content: short or long, with room to grow, cut from a longer one, made by hand.
  private static func forms(_ text: String) -> [String] {
    var roomy = ""
    roomy.reserveCapacity(100)
    roomy += text
    let padded = "<<<<<<<<<<<<<<<<" + text + ">>>>>>>>>>>>>>>>"
    let cut = padded.dropFirst(16).dropLast(16)
    return [text, roomy, String(cut), String(decoding: Array(text.utf8), as: UTF8.self), text.lowercased()]
  }

  private static let texts: [String] =
    (0...20).flatMap { count in
      let plain = String("abcdefghijklmnopqrstu".prefix(count))
      return [plain, plain.uppercased(), String(plain.reversed()), String(plain.dropLast()) + "\0"]
    } + [
      "K", "\u{212A}", "\u{E9}", "e\u{301}", "caf\u{E9}", "cafe\u{301}", "\u{1F600}", "aaaaaaa\u{E9}",
      "\u{7F}",
      "1234567\u{E9}9012345", "\u{FEFF}a", "ab\0", "ab\0\0", "\0",
    ]

  @Test func everyFormIsItsBytes() throws {
    let shape = RecordShape<Row>(resource) {
      Bind("id", \.id)
      Bind("text", \.text)
      Bind("optional", \.optional)
    }
    #expect(shape.faults == [])
    var rows: [Row] = []
    for text in Self.texts {
      for form in Self.forms(text) {
        rows.append(Row(id: rows.count, text: form, optional: rows.count % 7 == 0 ? nil : form))
      }
    }
    for operand in Set(Self.texts.map { Array($0.utf8) }) {
      let text = String(decoding: operand, as: UTF8.self)
      let same = rows.indices.filter { Array(rows[$0].text.utf8) == operand }
      let optional = same.filter { rows[$0].optional != nil }
      let others = rows.indices.filter { rows[$0].optional != nil && Array(rows[$0].text.utf8) != operand }
      let before = rows.indices.filter { rows[$0].text.utf8.lexicographicallyPrecedes(operand) }
      let cases: [(Predicate, [Int])] = [
        (.compare("text", .equal, .text(text)), same), (.compare("optional", .equal, .text(text)), optional),
        (.compare("optional", .notEqual, .text(text)), others),
        (.compare("text", .less, .text(text)), before),
        (.member("text", [.text(text), .text("nothing of this")], isNegated: false), same),
        (.member("optional", [.text(text)], isNegated: true), others),
      ]
      for (predicate, expected) in cases {
        let query = try #require(Query(resource, where: predicate))
        let compiled = try RecordPredicate(query, shape)
        #expect(try compiled.indices(in: rows) == expected, "\(predicate)")
        #expect(try rows.indices.filter { try compiled.matches(rows[$0]) } == expected, "\(predicate)")
      }
    }
  }
}
