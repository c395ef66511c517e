import Foundation
import TamisFuzzing

// One program for all targets, because it is built once: `TAMIS_FUZZ_TARGET` says which one it is.
//
// With `TAMIS_FUZZ_WRITE=FOLDER` it writes what a run begins with and ends: `FOLDER/<target>/…`, `FOLDER/<target>.dict`,
// made from the fixtures in `TAMIS_FUZZ_FIXTURES`.

@_cdecl("LLVMFuzzerInitialize")
public func initialise(
  _ count: UnsafeMutablePointer<CInt>?,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>?
) -> CInt {
  guard let folder = Harness.variable("TAMIS_FUZZ_WRITE") else {
    // All resources are made with the first input, which is not to pay for it.
    _ = Harness.target.violation(of: [0, 0, 0, 0])
    return 0
  }
  do {
    try Harness.write(to: URL(filePath: folder), fixtures: Harness.variable("TAMIS_FUZZ_FIXTURES"))
    exit(0)
  } catch {
    print(error)
    exit(1)
  }
}

/// An input that breaks a law ends the process, which is how libFuzzer learns of it.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: data, count: size))
  if let violation = Harness.target.violation(of: input) { fatalError("\(Harness.target): \(violation)") }
  return 0
}

enum Harness {
  static let target: FuzzTarget = {
    let name = variable("TAMIS_FUZZ_TARGET") ?? ""
    guard let target = FuzzTarget(rawValue: name) else { fatalError("no target is called '\(name)'") }
    return target
  }()

  static func variable(_ name: String) -> String? { ProcessInfo.processInfo.environment[name] }

  static func write(to folder: URL, fixtures: String?) throws {
    let files = FileManager.default
    var material = FuzzMaterial()
    let found = fixtures.flatMap { files.enumerator(at: URL(filePath: $0), includingPropertiesForKeys: nil) }
    let urls = (found?.allObjects ?? []).compactMap { $0 as? URL }.sorted { $0.path < $1.path }
    for url in urls where url.pathComponents.contains("Fixtures") && !url.hasDirectoryPath {
      material.add(file: url.lastPathComponent, Array(try Data(contentsOf: url)))
    }
    for target in FuzzTarget.allCases {
      let inputs = folder.appending(path: target.rawValue)
      try files.createDirectory(at: inputs, withIntermediateDirectories: true)
      for (index, input) in material.inputs(for: target).enumerated() {
        try Data(input).write(to: inputs.appending(path: "seed-\(index)"))
      }
      try material.dictionary(for: target).write(
        to: folder.appending(path: "\(target.rawValue).dict"), atomically: true, encoding: .utf8)
      print(target.rawValue)
    }
  }
}
