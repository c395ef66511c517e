import Foundation
import Tamis
import TamisTesting

/// The grammar of a query dialect, as its file and those that the file uses say it.
struct DialectGrammar {
  let dialect: QueryDialect
  let start: String
  let grammar: Grammar

  static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().appending(path: "../../Grammar").standardizedFileURL

  init(_ dialect: QueryDialect) throws {
    self.dialect = dialect
    start = dialect == .body ? "body" : dialect.rawValue + "-query"
    let files = try Self.files(dialect).map { name in
      (name, try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8))
    }
    grammar = try Grammar(files: files)
  }

  /// As the heads of the files say.
  static func files(_ dialect: QueryDialect) -> [String] {
    switch dialect {
    case .jsonAPI: ["lexical.abnf", "jsonapi.abnf"]
    case .jsonAPIKeys: ["lexical.abnf", "jsonapi.abnf", "jsonapi-keys.abnf"]
    case .suffix: ["lexical.abnf", "suffix.abnf"]
    case .bracket: ["lexical.abnf", "bracket.abnf"]
    case .mixed: ["lexical.abnf", "jsonapi.abnf", "suffix.abnf", "bracket.abnf", "mixed.abnf"]
    case .body: ["body.abnf"]
    }
  }

  var escaping: Grammar.Escaping { dialect == .body ? .json : .percent }

  /// The grammar of requests for the sample resource.
  func ofSamples() throws -> Grammar {
    try grammar.binding(SampleResource.names(dialect), file: "sample resource")
  }

  /// Bytes that stand in the grammar, and some that stand in none.
  var alphabet: [UInt8] {
    switch dialect {
    case .body: Array(#"{}[]":,\ -.0195eEutfnAd_"#.utf8) + [0x0A, 0x7F, 0x00, 0xC3, 0xA9, 0xF0, 0x9F]
    case .jsonAPI, .jsonAPIKeys, .suffix, .bracket, .mixed:
      Array("&&==[[]]%%+,|.;_-0125BDEdeaqnot /?#".utf8) + [0x00, 0x7F, 0xC3, 0xA9, 0xE2, 0xF4, 0xFF]
    }
  }
}
