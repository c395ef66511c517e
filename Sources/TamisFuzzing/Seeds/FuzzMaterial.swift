import TamisModel
import TamisResources
import TamisTesting

/// What a fuzzer begins with: the requests, records and files of the project's fixtures, random ones of every
/// resource, and words of all the tables that spell something.
///
///     var material = FuzzMaterial()
///     material.add(file: "blnk-balances.requests.ndjson", bytes)
///     material.inputs(for: .parse)      // [[1, 2, 0, 0, …], …]
///     material.dictionary(for: .parse)  // "_eq=" …
public struct FuzzMaterial {
  private(set) var requests: [FuzzRequest] = []
  private(set) var files: [[UInt8]] = []
  /// By the resource's place in the registry.
  private var records: [Int: [String]] = [:]
  /// Texts of dates and numbers.
  private(set) var values: [String] = []

  /// Random material only; fixtures are added.
  public init() {
    for place in FuzzRegistry.grounds.indices { addRandom(place) }
    files = FuzzRegistry.grounds.map { [0] + Array(ResourceFile.write($0.resource).utf8) }
  }

  private mutating func addRandom(_ place: Int) {
    let generated = FuzzRegistry.grounds[place].generated
    records[place] = generated.records.prefix(3).map(\.description)
    // A resource of the catalogue has its fixtures, and fields that the generator has no clause for.
    if place >= FuzzRegistry.catalogueNames.count {
      var generator = RequestGenerator(generated, random: RandomSource(seed: generated.seed ^ 0x6675_7A7A))
      for _ in 0..<40 {
        let request = generator.request()
        requests.append(FuzzRequest(ground: place, dialect: request.dialect, text: Array(request.text.utf8)))
      }
    }
    guard var faithful = FaithfulRequestGenerator(generated, random: RandomSource(seed: generated.seed))
    else {
      return
    }
    for _ in 0..<12 {
      let request = faithful.request()
      requests.append(FuzzRequest(ground: place, dialect: request.dialect, text: Array(request.text.utf8)))
    }
  }

  // MARK: Fixtures

  /// A file of the fixtures, by its name; of another kind than those that are known it is left out.
  public mutating func add(file name: String, _ bytes: [UInt8]) {
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    if name.hasSuffix(".openapi.json") {
      addDocument(bytes)
    } else if name.hasSuffix(".records.ndjson") {
      if let place = Self.ground(of: name) { records[place] = Array(lines.prefix(4)) }
    } else if name.hasSuffix(".ndjson") {
      let place = Self.ground(of: name)
      for line in lines { JSONTree(parsing: line).map { add($0, place) } }
    }
  }

  /// `blnk-balances.requests.ndjson` is about `blnk/balances`.
  private static func ground(of name: String) -> Int? {
    let stem = name.prefix { $0 != "." }
    return FuzzRegistry.catalogueNames.firstIndex { $0.replacing("/", with: "-") == stem }
  }

  private mutating func add(_ line: JSONTree, _ fileGround: Int?) {
    if let resource = line["resource"], case .object = resource {
      files.append([0] + Array(resource.description.utf8))
    }
    if case .string(let text)? = line["text"] { values.append(text) }
    var place = fileGround
    if case .string(let name)? = line["resource"] {
      place = FuzzRegistry.catalogueNames.firstIndex(of: name) ?? place
    }
    // Fixtures of forms belong to no resource.
    addRequest(line, place ?? 0)
  }

  private mutating func addRequest(_ line: JSONTree, _ place: Int) {
    let dialect = FuzzRegistry.grounds[place].resource.dialect
    var request = FuzzRequest(ground: place, dialect: dialect, text: [])
    if case .string(let query)? = line["query"] {
      request.text = Array(query.utf8)
    } else if let body = line["body"] {
      request.dialect = .body
      request.text = Array(body.description.utf8)
    } else {
      return
    }
    if case .string(let beside)? = line["beside"] { request.beside = Array(beside.utf8) }
    if case .array(let records)? = line["records"] { request.records = records.map(\.description) }
    requests.append(request)
  }

  private mutating func addDocument(_ bytes: [UInt8]) {
    guard let tree = JSONTree(parsing: String(decoding: bytes, as: UTF8.self)),
      case .object(let paths)? = tree["paths"]
    else { return }
    for path in paths { files.append([1] + Array("\(path.name)\n\(tree)".utf8)) }
  }

  // MARK: Inputs

  /// Inputs of a target, without repetitions.
  public func inputs(for target: FuzzTarget) -> [[UInt8]] {
    var seen: Set<[UInt8]> = []
    return all(target).filter { seen.insert($0).inserted }
  }

  private func all(_ target: FuzzTarget) -> [[UInt8]] {
    switch target {
    case .parse, .roundtrip, .emit:
      requests.enumerated().flatMap { index, request in
        heads(request, engine: index).map { $0 + request.text }
      }
    case .body: requests.filter { $0.dialect == .body }.flatMap { bodyInputs($0) }
    #if CommandLine
      case .equivalence: requests.enumerated().flatMap { equivalenceInputs($0, $1) }
    #endif
    case .cursor: requests.indices.map(cursorInput)
    case .resource: files
    }
  }

  /// The four bytes that choose: once for each policy that the resource has.
  private func heads(_ request: FuzzRequest, engine: Int) -> [[UInt8]] {
    let policies = FuzzRegistry.grounds[request.ground].faithful == nil ? 1 : FuzzRegistry.policies.count
    let dialect = FuzzRegistry.queryDialects.firstIndex(of: request.dialect) ?? 0
    return (0..<policies).map { policy in
      [request.ground, dialect, policy, engine % FuzzRegistry.engines.count].map {
        UInt8(truncatingIfNeeded: $0)
      }
    }
  }

  private func bodyInputs(_ request: FuzzRequest) -> [[UInt8]] {
    let beside = request.beside.isEmpty ? [] : [0] + request.beside
    return heads(request, engine: 0).flatMap { head in
      ([request.text] + EscapedBodies.texts(of: request.text)).map { head + $0 + beside }
    }
  }

  #if CommandLine
    private func equivalenceInputs(_ index: Int, _ request: FuzzRequest) -> [[UInt8]] {
      let lines = (request.records.isEmpty ? records[request.ground] ?? [] : request.records).prefix(3)
      let brought = index % 2 == 0 ? [0] + Array(lines.joined(separator: "\n").utf8) : []
      return heads(request, engine: 0).map { head in
        head + [UInt8(truncatingIfNeeded: index), 12] + request.text + brought
      }
    }
  #endif

  private func cursorInput(_ index: Int) -> [UInt8] {
    let request = requests[index]
    let other = requests[(index + 1) % requests.count]
    let place = [index, index &* 37, index &* 11].map { UInt8(truncatingIfNeeded: $0) }
    return (heads(request, engine: 0).first ?? []) + place + request.withoutPage + [0] + other.withoutPage
  }
}
