#if CommandLine
  import TamisJSON
  import Testing

  @testable import TamisCommand

  /// `--lines`: one JSON object a line in, one out.
  struct LinesTests {
    private static let records = "[" + Sample.blnk.split(separator: "\n").joined(separator: ",") + "]"
    private static let select = ["select", "--lines", "--resource", "blnk/balances"]

    private static func answer(_ line: String, _ arguments: [String] = select) -> String {
      let run = Run(arguments, input: line + "\n")
      #expect(run.status == .success)
      #expect(run.errors.isEmpty)
      return run.output
    }

    private static func error(
      _ id: String, _ code: String, _ span: ClosedRange<Int>, parameter: String? = nil,
      suggestion: String? = nil, message: String
    ) -> String {
      func quoted(_ text: String?) -> String { text.map { "\"\($0)\"" } ?? "null" }
      return """
        {"id":\(id),"error":{"diagnostics":[{"code":"\(code)","severity":"error","message":"\(message)",\
        "parameter":\(quoted(parameter)),"span":[\(span.lowerBound),\(span.upperBound)],\
        "suggestion":\(quoted(suggestion))}]}}

        """
    }

    @Test func recordsOfTheLine() {
      let answer = Self.answer(#"{"id":7,"query":"currency_eq=USD","records":\#(Self.records)}"#)
      #expect(answer == #"{"id":7,"ids":["b3","b1"],"warnings":[]}"# + "\n")
    }

    @Test func keysKeepTheirJSONType() {
      let record = #"""
        {"id":3,"createdAt":"2024-01-01T00:00:00Z","updatedAt":"2024-01-01T00:00:00Z","type":"Topup","amount":5,
        "happenedAt":"2024-01-01T00:00:00Z","storedCreditAccount":1}
        """#.split(separator: "\n").joined()
      let answer = Self.answer(
        #"{"id":"x","resource":"glu/balances","query":"type=Topup","records":[\#(record)]}"#)
      #expect(answer == #"{"id":"x","ids":[3],"warnings":[]}"# + "\n")
    }

    @Test func ordersAnswersAsTheLines() throws {
      let scratch = try Scratch()
      let file = try scratch.file("r.ndjson", Sample.blnk)
      let lines = (0..<500).map { #"{"id":\#($0),"query":"currency_eq=\#($0 % 2 == 0 ? "USD" : "EUR")"}"# }
      let run = Run(Self.select + ["--records", file], input: lines.joined(separator: "\n"))
      #expect(
        run.outputLines
          == (0..<500).map {
            #"{"id":\#($0),"ids":\#($0 % 2 == 0 ? #"["b3","b1"]"# : #"["b2"]"#),"warnings":[]}"#
          })
    }

    // MARK: Spans

    @Test func spansCountInTheDecodedQuery() {
      // Two bytes of é, and one for the escaped quote.
      let answer = Self.answer(#"{"id":1,"query":"currency_eq=\u00e9\"&balance_gt=abc"}"#)
      #expect(
        answer
          == Self.error(
            "1", "value.invalid", 27...30, parameter: "balance_gt", message: "'abc' is not an integer"))
    }

    @Test func spansCountInTheBodyAsItStands() {
      let answer = Self.answer(#"{"id":1, "body" : {"limit": 0} }"#)
      #expect(
        answer
          == Self.error(
            "1", "page.out-of-bounds", 10...11, parameter: "limit",
            message: "'limit' must be a whole number from 1 to 1000, not '0'"))
    }

    @Test func faultsOfTheBodyBelongToTheBody() {
      #expect(
        Self.answer(#"{"id":1,"body":{"limit":1,"limit":2}}"#)
          == Self.error(
            "1", "syntax.duplicate-member", 11...18, message: "the member 'limit' is given twice"))
      #expect(
        Self.answer(#"{"id":1,"body":{"limit":]}}"#)
          == Self.error("1", "syntax.invalid-json", 9...10, message: "not valid JSON: expected a value"))
      // The body's own limit of depth, not the line's.
      let deep = #"{"x":"# + String(repeating: "[", count: 150) + String(repeating: "]", count: 150) + "}"
      #expect(
        Self.answer(#"{"id":1,"body":\#(deep)}"#)
          .hasPrefix(#"{"id":1,"error":{"diagnostics":[{"code":"limit.depth""#))
    }

    @Test func anEscapedNULBelongsToTheQuery() {
      #expect(
        Self.answer(#"{"id":1,"query":"a\u00e9\u0000b"}"#)
          == Self.error("1", "syntax.nul-byte", 3...4, message: "a NUL character is not allowed"))
    }

    // MARK: Lines that can not be used

    @Test(arguments: [
      "", "junk", "[]", "{", #"{"id":1"#, #"{"id":1 "query":""}"#, #"{"id":1,"query":""}}"#,
      #"{"id":1,"id":2,"query":""}"#, #"{"id":tru,"query":""}"#, "5",
    ])
    func unreadableLines(_ line: String) {
      let run = Run(Self.select, input: line + "\n" + #"{"id":2,"query":"","records":[]}"# + "\n")
      #expect(run.status == .success)
      #expect(run.outputLines.count == 2)
      #expect(run.outputLines[0].hasPrefix(#"{"id":null,"error":{"diagnostics":[{"code":"syntax."#))
      #expect(run.outputLines[1] == #"{"id":2,"ids":[],"warnings":[]}"#)
    }

    @Test func bytesThatAreNotUTF8() {
      let line = Array(#"{"id":4,"query":"a"#.utf8) + [0xFF] + Array(#""}"#.utf8) + [10]
      let run = Run(Self.select, input: line)
      #expect(run.outputLines.count == 1)
      #expect(run.output.hasPrefix(#"{"id":4,"error":{"diagnostics":[{"code":"syntax.invalid-utf8""#))
    }

    @Test(arguments: [
      (#"{"id":1}"#, "combination.missing-parameter"),
      (#"{"id":1,"query":"","body":{}}"#, "combination.conflicting-parameters"),
      (#"{"id":1,"query":5}"#, "syntax.wrong-shape"),
      (#"{"id":1,"query":"","policy":"lax"}"#, "value.unknown-case"),
      (#"{"id":1,"query":"","dialect":"odata"}"#, "value.unknown-case"),
      (#"{"id":1,"query":"","resource":"none"}"#, "value.unknown-case"),
      (#"{"id":1,"query":"","records":{}}"#, "syntax.invalid-json"),
      (#"{"id":1,"query":"","records":[{"balance_id":5}]}"#, "syntax.wrong-shape"),
      (#"{"id":1,"query":"","junk":tru}"#, "syntax.invalid-json"),
    ])
    func linesWithAnIdAndAFault(_ line: String, _ code: String) {
      let answer = Self.answer(line)
      #expect(answer.hasPrefix(#"{"id":1,"error":{"diagnostics":[{"code":"\#(code)""#), "\(answer)")
    }

    @Test func aLineNeedsAResource() {
      let answer = Self.answer(#"{"id":1,"query":""}"#, ["select", "--lines"])
      #expect(answer.hasPrefix(#"{"id":1,"error":{"diagnostics":[{"code":"combination.missing-parameter""#))
    }

    @Test func aLineChoosesItsDialect() {
      let query = "filter%5Bcurrency%5D%5Beq%5D=EUR"
      #expect(
        Self.answer(#"{"id":1,"query":"\#(query)","dialect":"jsonapi","records":\#(Self.records)}"#)
          == #"{"id":1,"ids":["b2"],"warnings":[]}"# + "\n")
      // A body is a body, whatever the default for query strings.
      #expect(
        Self.answer(
          #"{"id":1,"body":{"limit":1},"records":\#(Self.records)}"#, Self.select + ["--dialect", "suffix"])
          == #"{"id":1,"ids":["b3"],"warnings":[]}"# + "\n")
    }

    // MARK: Context

    private static let metronomeRecords =
      "[" + Sample.metronome.split(separator: "\n").joined(separator: ",") + "]"

    private static func metronome(_ members: String, context: String = "{}") -> String {
      answer(
        #"{"id":1,"body":{"customer_id":"\#(Sample.customer)"\#(members)},"#
          + #""records":\#(metronomeRecords),"context":\#(context)}"#,
        ["select", "--lines", "--resource", "metronome/balances"])
    }

    @Test func recordsBelongToTheCustomerAskedFor() {
      #expect(Self.metronome("") == #"{"id":1,"ids":["\#(Sample.first)"],"warnings":[]}"# + "\n")
      #expect(
        Self.metronome("", context: #"{"customer_of":{"\#(Sample.first)":"\#(Sample.otherCustomer)"}}"#)
          == #"{"id":1,"ids":[],"warnings":[]}"# + "\n")
    }

    @Test func archivedContractsArchiveTheirBalances() {
      let withContracts = #","include_contract_balances":true"#
      let both = #"["\#(Sample.first)","\#(Sample.second)"]"#
      let archived = #"{"archived_contract_ids":["\#(Sample.contract)"]}"#
      #expect(Self.metronome(withContracts) == #"{"id":1,"ids":\#(both),"warnings":[]}"# + "\n")
      #expect(
        Self.metronome(withContracts, context: archived)
          == #"{"id":1,"ids":["\#(Sample.first)"],"warnings":[]}"# + "\n")
      #expect(
        Self.metronome(withContracts + #","include_archived":true"#, context: archived)
          == #"{"id":1,"ids":\#(both),"warnings":[]}"# + "\n")
    }

    @Test func sharedRecordsBelongToEachCustomerInTurn() throws {
      let scratch = try Scratch()
      let file = try scratch.file("r.ndjson", Sample.metronome)
      let lines = [Sample.customer, Sample.otherCustomer, Sample.customer]
        .map { #"{"id":0,"body":{"customer_id":"\#($0)","covering_date":"2024-01-15T00:00:00Z"}}"# }
      let run = Run(
        ["select", "--lines", "--resource", "metronome/balances", "--records", file],
        input: lines.joined(separator: "\n"))
      let expected = #"{"id":0,"ids":["\#(Sample.first)"],"warnings":[]}"#
      #expect(run.outputLines == [expected, expected, expected])
    }

    @Test func aLineWithoutRecordsIsAnswered() {
      #expect(
        Self.answer(#"{"id":1,"query":""}"#)
          == Self.error(
            "1", "combination.missing-parameter", 0...0, parameter: "records",
            message: "the parameter 'records' is required"))
    }

    @Test func aRecordThatCanNotBeReadEndsTheRun() throws {
      let scratch = try Scratch()
      let file = try scratch.file("r.ndjson", "{}\n")
      let run = Run(
        Self.select + ["--records", file], input: #"{"id":1,"query":"x"}"# + "\n" + #"{"id":2,"query":""}"#)
      #expect(run.status == .inputOutput)
      #expect(run.outputLines.count == 1)
      #expect(run.errors.hasPrefix("error: \(file):1:1: "))
    }

    // MARK: Any bytes

    /// Whatever is done to a line, it gets one answer, and the next line gets its own.
    @Test func mutatedLines() throws {
      let seeds = [
        #"{"id":7,"query":"currency_in=USD,EUR&balance_gt=5","records":\#(Self.records)}"#,
        #"{"id":"a","body":{"filters":[{"field":"currency","operator":"eq","value":"USD"}]},"records":[]}"#,
        #"{"id":1,"query":"a\u00e9\"","policy":"strict","context":{"customer_of":{"a":"b"}},"related":{"x":[]}}"#,
      ].map { Array($0.utf8) }
      var random = SplitMix(state: 1)
      var input: [UInt8] = []
      for round in 0..<3_000 {
        var line = seeds[round % seeds.count]
        for _ in 0...Int.random(in: 0..<4, using: &random) { Self.mutate(&line, &random) }
        input += line.map { $0 == 10 ? 32 : $0 } + [10]
      }
      let run = Run(Self.select, input: input)
      #expect(run.status == .success)
      #expect(run.outputLines.count == 3_000)
      for line in run.outputLines {
        let document = try JSONDocument.parse(Array(line.utf8), limits: RecordFile.limits)
        let isAnswer = document.member("ids", of: 0) != nil
        let isError = document.member("error", of: 0) != nil
        #expect(document.member("id", of: 0) != nil && isAnswer != isError, "\(line)")
      }
    }

    private static func mutate(_ line: inout [UInt8], _ random: inout SplitMix) {
      let place = Int.random(in: 0..<Swift.max(1, line.count), using: &random)
      guard line.indices.contains(place) else { return }
      switch Int.random(in: 0..<4, using: &random) {
      case 0: line.remove(at: place)
      case 1: line.insert(Array(#"{}[]",:\0é"#.utf8).randomElement(using: &random) ?? 0, at: place)
      case 2: line[place] = UInt8.random(in: 0...255, using: &random)
      default: line.removeSubrange(place..<Swift.min(line.count, place + 9))
      }
    }

    /// The same numbers in every run.
    private struct SplitMix: RandomNumberGenerator {
      var state: UInt64

      mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
      }
    }
  }
#endif
