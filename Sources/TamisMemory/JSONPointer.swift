/// Places in a JSON text, as RFC 6901 writes them: `/contract/id`.
enum JSONPointer {
  static func text(_ path: [String]) -> String {
    path.map { "/" + escape($0) }.joined()
  }

  private static func escape(_ name: String) -> String {
    var escaped = ""
    for scalar in name.unicodeScalars {
      switch scalar {
      case "~": escaped += "~0"
      case "/": escaped += "~1"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
