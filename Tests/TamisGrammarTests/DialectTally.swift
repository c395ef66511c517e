/// What a run over one dialect has seen.
struct DialectTally {
  var sentences = 0
  var read = 0
  var beyond = 0
  var printed = 0
  var edits = 0
  var editsRead = 0
  var editsRefused = 0
  var editsBeyond = 0
  /// Texts on which parser and recogniser differ, with what each says.
  var disagreements: [String] = []

  mutating func disagree(_ text: [UInt8], _ what: String) {
    guard disagreements.count < 12 else { return }
    disagreements.append("\(Self.show(text)): \(what)")
  }

  static func show(_ text: [UInt8]) -> String {
    text.map { 0x20..<0x7F ~= $0 ? String(UnicodeScalar($0)) : "\\x" + String($0, radix: 16) }.joined()
  }
}
