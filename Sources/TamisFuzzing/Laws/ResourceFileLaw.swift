import Tamis
import TamisResources
import TamisTesting

/// A file that describes a resource is read or refused, each reason with its place; and what was read can be written,
/// read again, and used.
///
/// The first byte chooses the kind of file; this list, too, only grows at its end. An OpenAPI document has a line
/// before it with the path of the endpoint.
enum ResourceFileLaw {
  private enum Kind: Int, CaseIterable {
    case resourceFile
    case openAPI
  }

  static func violation(of input: [UInt8]) -> String? {
    guard let first = input.first, let kind = Kind(rawValue: Int(first) % Kind.allCases.count) else {
      return nil
    }
    let rest = Array(input[1...])
    switch kind {
    case .resourceFile: return fileViolation(rest)
    case .openAPI: return documentViolation(rest)
    }
  }

  private static func fileViolation(_ file: [UInt8]) -> String? {
    do {
      let resource = try ResourceFile.read(file)
      return writtenViolation(resource) ?? useViolation(resource)
    } catch {
      return DiagnosticLaw.violation(of: error, file, .body)
    }
  }

  private static func documentViolation(_ input: [UInt8]) -> String? {
    guard let line = input.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    let path = String(decoding: input[..<line], as: UTF8.self)
    let document = Array(input[(line + 1)...])
    do {
      let imported = try OpenAPIImport.resource(from: document, path: path)
      return writtenViolation(imported.resource)
    } catch {
      return DiagnosticLaw.violation(of: error, document, .body)
    }
  }

  private static func writtenViolation(_ resource: Resource) -> String? {
    if let fault = resource.faults.first { return "read, and yet faulty: \(fault)" }
    let text = ResourceFile.write(resource)
    do {
      let again = try ResourceFile.read(text)
      if again != resource { return "written and read, it is another resource: \(text)" }
      return ResourceFile.write(again) == text ? nil : "written in two ways: \(text)"
    } catch {
      return "written, and refused: \(error)\n\(text)"
    }
  }

  /// Requests, tables and the document of a resource that nobody has seen before.
  private static func useViolation(_ resource: Resource) -> String? {
    let compiler = QueryCompiler(resource: resource)
    guard compiler.faults.isEmpty else { return nil }
    for dialect in FuzzRegistry.queryDialects {
      let request = dialect == .body ? "{}" : ""
      if let compiled = try? compiler.compile(request, dialect: dialect) {
        for engine in FuzzRegistry.engines {
          if let fault = EmitLaw.violation(of: compiled.query, on: engine, 2) { return fault }
        }
      }
    }
    for engine in FuzzRegistry.engines {
      let table = SQLTable(resource: resource, dialect: engine)
      if table.faults.isEmpty == table.createStatements.isEmpty {
        return "a table without faults or statements"
      }
    }
    let document = OpenAPIDocument(resource: resource).text
    return JSONTree(parsing: document) == nil ? "the OpenAPI document is not JSON: \(document)" : nil
  }
}
