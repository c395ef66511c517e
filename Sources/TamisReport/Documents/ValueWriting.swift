package import TamisJSON
package import TamisModel

extension JSONWriter {
  /// A typed value as JSON: numbers exact, instants in UTC with six digits, documents as they are.
  package mutating func value(_ value: Value?) {
    switch value {
    case nil, .argument: null()
    case .text(let text), .uuid(let text), .enumeration(let text): string(text)
    case .integer(let number): integer(number)
    case .decimal(let number): raw(number.text.utf8)
    case .boolean(let flag): boolean(flag)
    case .date(let date): string(date.description)
    case .timestamp(let instant): string(instant.description)
    case .json(let json): raw(json.utf8)
    }
  }
}
