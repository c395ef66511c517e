import TamisTesting
import Testing

@Suite("ABNF")
struct GrammarReaderTests {
  @Test("every form of RFC 5234 and RFC 7405")
  func forms() throws {
    let a = GrammarExpression.text([UInt8(ascii: "a")], .bare)
    let rows: [(String, GrammarExpression)] = [
      (#""a""#, a),
      (#"%s"aB""#, .text(Array("aB".utf8), .sensitive)),
      (#"%I"or""#, .text(Array("or".utf8), .insensitive)),
      (#""""#, .text([], .bare)),
      ("%x41", .range(0x41...0x41)),
      ("%X0a-fF", .range(0x0A...0xFF)),
      ("%d13.10", .concatenation([.range(13...13), .range(10...10)])),
      ("%b0-1111", .range(0...15)),
      ("Rule-2", .rule("rule-2")),
      (#""a" other"#, .concatenation([a, .rule("other")])),
      (#""a" / other / "a""#, .alternation([a, .rule("other"), a])),
      (#""a" other / "a""#, .alternation([.concatenation([a, .rule("other")]), a])),
      (#"( "a" / other ) "a""#, .concatenation([.alternation([a, .rule("other")]), a])),
      (#"[ "a" ]"#, .repetition(a, least: 0, most: 1)),
      (#"*"a""#, .repetition(a, least: 0, most: nil)),
      (#"2*"a""#, .repetition(a, least: 2, most: nil)),
      (#"*3"a""#, .repetition(a, least: 0, most: 3)),
      (#"2*3"a""#, .repetition(a, least: 2, most: 3)),
      (#"4"a""#, .repetition(a, least: 4, most: 4)),
      (#"*( "a" )"#, .repetition(a, least: 0, most: nil)),
      (#"(("a"))"#, a),
      ("<an apple>", .prose("an apple")),
      ("\"a\" ; a comment\n  / other ; another", .alternation([a, .rule("other")])),
      ("\"a\"\n\t/\n  other\n  ; the end\n ", .alternation([a, .rule("other")])),
      ("\"a\"\r\n  other\r\n", .concatenation([a, .rule("other")])),
    ]
    for (text, expected) in rows {
      let grammar = try Grammar("rule-2 = \"\"\nother = \"\"\nS = \(text)")
      #expect(grammar["s"]?.expression == expected, "\(text)")
    }
  }

  @Test("more alternatives, core rules, and rules that replace others")
  func rules() throws {
    let grammar = try Grammar("; a head\n\ns = \"a\" / \"b\"\nS =/ t\nt = DIGIT\n")
    #expect(
      grammar["s"]?.expression
        == .alternation([.text([97], .bare), .text([98], .bare), .rule("t")]))
    #expect(grammar["DIGIT"]?.expression == .range(0x30...0x39))
    #expect(grammar["hexdig"]?.name == "HEXDIG")
    #expect(grammar.reachable(from: "s") == ["s", "t", "digit"])
    let bound = try grammar.binding("T = \"x\"")
    #expect(bound.reachable(from: "s") == ["s", "t"])
  }

  @Test("faults and their places")
  func faults() {
    let rows: [(String, String)] = [
      ("", "1:1: expected a rule"),
      ("s \"a\"", "1:3: expected '=' or '=/'"),
      (" s = \"a\"", "1:1: expected a rule's name at the line's beginning"),
      ("s = ", "1:5: expected an element"),
      ("s = \"a\" /", "1:10: expected an element"),
      ("s = ( \"a\"", "1:10: expected ')'"),
      ("s = [ \"a\" )", "1:11: expected ']'"),
      ("s = \"a", "1:7: expected '\"'"),
      ("s = \"é\"", "1:6: expected '\"'"),
      ("s = <a", "1:7: expected '>'"),
      ("s = %q41", "1:6: expected 'b', 'd', 'x', 's' or 'i' after '%'"),
      ("s = %x", "1:7: expected a number"),
      ("s = %x41-", "1:10: expected a number"),
      ("s = %x100", "1:7: '100' is no byte"),
      ("s = %d256", "1:7: '256' is no byte"),
      ("s = %x42-41", "1:7: nothing is in '42-41': its end comes before its beginning"),
      ("s = 3*2\"a\"", "1:5: nothing is in '3*2': its end comes before its beginning"),
      ("s = 99999\"a\"", "1:5: expected a smaller number"),
      ("s = \"a\"\"b\"", "1:8: expected an element or the line's end"),
      ("s = \"a\"\nt = u\n", "2:1: no rule is called 'u'"),
      ("s = \"a\"\nS = \"b\"\n", "2:1: 'S' is defined already; '=/' adds to it"),
      ("s = \"a\"\ndigit = s\n", "2:1: 'digit' is a core rule of RFC 5234 already, whatever its letter case"),
      ("s =/ \"a\"\n", "1:1: 's' is not defined yet, so '=/' has nothing to add to"),
      ("s = \"a\"\n\n  / \"b\"", "3:1: expected a rule's name at the line's beginning"),
      ("s = " + String(repeating: "(", count: 200), "1:105: expected fewer groups in groups"),
    ]
    for (text, expected) in rows {
      do {
        _ = try Grammar(text, file: "f")
        Issue.record("\(text) is read")
      } catch {
        #expect(error.description == "f:" + expected, "\(text)")
      }
    }
  }

  @Test("words may be escaped in the way of their dialect, and only words")
  func escapedWords() throws {
    let grammar = try Grammar(#"s = %s"a-" %i"b" "c" %x64"#)
    var percent = try Recogniser(grammar.withEscapedWords(.percent), start: "s")
    let spelled = ["a-bcd", "%61-%42Cd", "a%2D%62cd", "%61%2dBcd"]
    #expect(percent.accepted(spelled + ["%41-bcd", "a-b%63d", "a-bc%64", "A-bcd"]) == spelled)
    var json = try Recogniser(grammar.withEscapedWords(.json), start: "s")
    let escaped = ["a-bcd", #"\u0061\u002d\u0042cd"#]
    #expect(json.accepted(escaped + [#"\U0061-bcd"#, "%61-bcd", #"a-b\u0063d"#]) == escaped)
    #expect(grammar.words(of: "s") == ["a-", "b"])
  }

  /// ABNF as RFC 5234, section 4, and RFC 7405 define it, and what the reader makes of texts that are nearly ABNF.
  @Test("the reader reads what the grammar of ABNF says")
  func abnfOfABNF() throws {
    let grammar = try Grammar(Self.abnf)
    var recogniser = try Recogniser(grammar, start: "rulelist")
    let sample = "a = 1*2\"x\" / [ %x41-5A ] ; c\r\n  ( b )\r\nb =/ %s\"y\" <p>\r\n"
    #expect(recogniser.accepted([sample]) == [sample])
    let editor = SentenceEditor(pool: Array("ab1*()[]/%xs\"<>-.=; \r\n".utf8))
    var random = RandomSource(seed: GrammarSettings.current.seed)
    var counts = [0, 0]
    for _ in 0..<3_000 {
      var bytes = editor.edit(Array(sample.utf8), &random)
      if random.chance(50) { bytes = editor.edit(bytes, &random) }
      // The reader takes lines that end in LF alone, and any text in comments.
      guard let text = String(validating: bytes, as: UTF8.self), !Self.hasLooseLineEnd(bytes) else {
        continue
      }
      guard let isRead = Self.isRead(text) else { continue }
      let isSentence = recogniser.accepts(bytes)
      counts[isSentence ? 1 : 0] += 1
      #expect(isRead == isSentence, "\(DialectTally.show(bytes))")
    }
    #expect(counts[0] > 500 && counts[1] > 300, "\(counts)")
  }

  /// CR and LF only as a pair, and the last bytes are one; no comment with what no comment may hold.
  private static func hasLooseLineEnd(_ bytes: [UInt8]) -> Bool {
    for (index, byte) in bytes.enumerated() {
      if byte == 0x0A, index == 0 || bytes[index - 1] != 0x0D { return true }
      if byte == 0x0D, index + 1 == bytes.count || bytes[index + 1] != 0x0A { return true }
      if byte < 0x20, ![0x09, 0x0A, 0x0D].contains(byte) { return true }
      if byte > 0x7E { return true }
    }
    return bytes.last != 0x0A
  }

  /// Nil where the reader stops at what means nothing, before it has seen all of the text. Other faults of meaning come
  /// after the text has been read.
  private static func isRead(_ text: String) -> Bool? {
    do {
      _ = try Grammar(text)
      return true
    } catch {
      switch error.fault {
      case .expected: return false
      case .badRange, .valueTooLarge: return nil
      case .definedTwice, .nothingToExtend, .coreRule, .undefined, .prose, .tooLarge: return true
      }
    }
  }

  private static let abnf = """
    rulelist      = 1*( rule / ( *WSP c-nl ) )
    rule          = rulename defined-as elements c-nl
    rulename      = ALPHA *( ALPHA / DIGIT / "-" )
    defined-as    = *c-wsp ( "=" / "=/" ) *c-wsp
    elements      = alternation *c-wsp
    c-wsp         = WSP / ( c-nl WSP )
    c-nl          = comment / CRLF
    comment       = ";" *( WSP / VCHAR ) CRLF
    alternation   = concatenation *( *c-wsp "/" *c-wsp concatenation )
    concatenation = repetition *( 1*c-wsp repetition )
    repetition    = [ repeat ] element
    repeat        = 1*DIGIT / ( *DIGIT "*" *DIGIT )
    element       = rulename / group / option / char-val / num-val / prose-val
    group         = "(" *c-wsp alternation *c-wsp ")"
    option        = "[" *c-wsp alternation *c-wsp "]"
    char-val      = [ "%s" / "%i" ] DQUOTE *( %x20-21 / %x23-7E ) DQUOTE
    num-val       = "%" ( bin-val / dec-val / hex-val )
    bin-val       = "b" 1*BIT [ 1*( "." 1*BIT ) / ( "-" 1*BIT ) ]
    dec-val       = "d" 1*DIGIT [ 1*( "." 1*DIGIT ) / ( "-" 1*DIGIT ) ]
    hex-val       = "x" 1*HEXDIG [ 1*( "." 1*HEXDIG ) / ( "-" 1*HEXDIG ) ]
    prose-val     = "<" *( %x20-3D / %x3F-7E ) ">"
    """
}
