#if CommandLine
  import Foundation

  @testable import TamisCommand

  /// One run of the command over streams in memory.
  struct Run {
    let status: ExitStatus
    let output: String
    let errors: String

    init(_ arguments: [String], input: String = "", isInteractive: Bool = false) {
      self.init(arguments, input: Array(input.utf8), isInteractive: isInteractive)
    }

    init(_ arguments: [String], input: [UInt8], isInteractive: Bool = false) {
      var console = Console(
        input: LineReader(bytes: input), output: Output(), errors: Output(), isInteractive: isInteractive)
      status = EntryPoint.run(arguments, &console)
      output = console.output.text
      errors = console.errors.text
    }

    var outputLines: [String] { output.split(separator: "\n").map(String.init) }
  }

  /// Files of a test, gone with it.
  final class Scratch {
    private let folder: URL

    init() throws {
      folder = FileManager.default.temporaryDirectory.appendingPathComponent("tamis-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    func file(_ name: String, _ text: String) throws -> String {
      try text.write(toFile: path(name), atomically: false, encoding: .utf8)
      return path(name)
    }
  }

  /// Small records for the commands' tests.
  enum Sample {
    static let blnk = [
      blnk("b1", currency: "USD", balance: "100", created: "2024-01-01T00:00:00Z", meta: #"{"tier":"gold"}"#),
      blnk("b2", currency: "EUR", balance: "9007199254740993", created: "2024-01-15T10:30:45Z", meta: "null"),
      blnk("b3", currency: "USD", balance: "-5", created: "2024-06-30T23:59:59Z", meta: #"{"tier":null}"#),
    ].joined(separator: "\n")

    private static func blnk(
      _ id: String, currency: String, balance: String, created: String, meta: String
    ) -> String {
      """
      {"balance_id":"\(id)","ledger_id":"l","identity_id":null,"indicator":null,"currency":"\(currency)",\
      "balance":\(balance),"credit_balance":0,"debit_balance":0,"inflight_balance":0,\
      "inflight_credit_balance":0,"inflight_debit_balance":0,"created_at":"\(created)","meta_data":\(meta)}
      """
    }

    static let customer = "11111111-1111-4111-8111-111111111111"
    static let otherCustomer = "22222222-2222-4222-8222-222222222222"
    static let first = "aaaaaaaa-0000-4000-8000-000000000001"
    static let second = "aaaaaaaa-0000-4000-8000-000000000002"
    static let contract = "cccccccc-0000-4000-8000-000000000001"

    /// Two credits, the second of a contract.
    static let metronome = """
      {"id":"\(first)","type":"CREDIT","access_schedule":{"schedule_items":[{"starting_at":"2024-01-01T00:00:00Z",\
      "ending_before":"2024-02-01T00:00:00Z"}]}}
      {"id":"\(second)","type":"CREDIT","contract":{"id":"\(contract)"}}
      """
  }
#endif
