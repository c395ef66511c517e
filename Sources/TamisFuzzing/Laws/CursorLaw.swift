import Tamis
import TamisMemory
import TamisPlanner
import TamisSyntax
import TamisTesting

/// Cursors: a genuine one walks on to the end, and any other text is refused.
///
/// After the four bytes that choose stand three more: what is done to the cursor, and two for where. Then the request,
/// and after a NUL bytes to do it with.
enum CursorLaw {
  /// What is done to a genuine cursor. Only ever grows at its end.
  private enum Change: Int, CaseIterable {
    case none
    case flippedBit
    case cut
    case longer
    case replaced
    /// Other values, under a good code: what a client may write where cursors are not authenticated.
    case otherValues
    case otherContent
    case otherKey
    case otherQuery
    case otherResource
    case otherScope
  }

  static func violation(of input: [UInt8]) -> String? {
    guard var input = FuzzInput(input), let ground = CursorGround.all[input.groundIndex] else { return nil }
    let change = Change(rawValue: input.byte() % Change.allCases.count) ?? .none
    let place = input.byte() << 8 | input.byte()
    let (request, bytes) = input.halves
    let walk = CursorWalk(ground: ground, dialect: input.dialect)
    do {
      let compiled = try walk.compile(request)
      if compiled.query.boundary != nil { return forgeryViolation(compiled, request, walk) }
      guard let token = try walk.token(of: compiled, place) else { return nil }
      return violation(change, place, bytes, token, compiled, request, walk, input)
    } catch {
      return DiagnosticLaw.violation(of: error, request, input.dialect)
    }
  }

  // The length of the list is that of what an input says.
  private static func violation(
    _ change: Change, _ place: Int, _ bytes: [UInt8], _ token: String, _ compiled: CompiledQuery,
    _ request: [UInt8], _ walk: CursorWalk, _ input: FuzzInput
  ) -> String? {
    let text = Array(token.utf8)
    let content = Base64URL.decode(text[...])?.dropLast(16) ?? []
    switch change {
    case .none: return walk.walkViolation(compiled, request, token)
    case .flippedBit:
      var damaged = text
      damaged[place / 8 % text.count] ^= 1 << UInt8(place % 8)
      return refusalViolation(damaged, request, walk)
    case .cut: return refusalViolation(Array(text.prefix(place % text.count)), request, walk)
    case .longer: return bytes.isEmpty ? nil : refusalViolation(text + bytes, request, walk)
    case .replaced: return bytes == text ? nil : refusalViolation(bytes, request, walk)
    case .otherValues:
      // Version, flags, number of the key, digest, and the seed of a random order.
      let head = 19 + (compiled.query.randomOrder == nil ? 0 : 8)
      return placeViolation(Array(content.prefix(head)) + bytes, request, walk)
    case .otherContent: return placeViolation(bytes, request, walk)
    case .otherKey: return walk.with(walk.ground.other).replayViolation(text, request, "page.forged-cursor")
    case .otherQuery: return otherQueryViolation(text, compiled, bytes, walk)
    case .otherResource: return otherResourceViolation(text, compiled, walk, input)
    case .otherScope: return otherScopeViolation(text, request, walk)
    }
  }

  // MARK: Damaged

  /// Nothing but a cursor as it was written is one.
  private static func refusalViolation(_ token: [UInt8], _ request: [UInt8], _ walk: CursorWalk) -> String? {
    let text = walk.text(request, token)
    do {
      let compiled = try walk.compile(text)
      if compiled.query.boundary == nil { return nil }
      return forgeryViolation(compiled, text, walk)
    } catch {
      return DiagnosticLaw.violation(of: error, text, walk.dialect)
    }
  }

  /// Where a cursor was accepted, its place is written as this very cursor: nobody else can have written it.
  private static func forgeryViolation(
    _ compiled: CompiledQuery, _ request: [UInt8], _ walk: CursorWalk
  ) -> String? {
    guard let place = compiled.query.boundary, let token = try? compiled.cursor(of: place) else {
      return "a cursor that can not be written was read"
    }
    let parsed = Parser.parse(
      request, as: walk.dialect, limits: compiled.query.resource.limits,
      groups: compiled.query.resource.readsGroups)
    return parsed.page.contains { parsed.string(of: $0.value.text) == token }
      ? nil : "a forged cursor was read as \(place)"
  }

  // MARK: Signed

  /// Any content under a good code: it is a place that can be written again, or it is refused.
  private static func placeViolation(_ content: [UInt8], _ request: [UInt8], _ walk: CursorWalk) -> String? {
    let label = Array("tamis cursor".utf8) + [0, 1]
    let code = FuzzKey(number: 1).authenticationCode(for: label + content).prefix(16)
    let token = Array(Base64URL.encode(content + code).utf8)
    let text = walk.text(request, token)
    do {
      let compiled = try walk.compile(text)
      guard compiled.query.boundary != nil else { return nil }
      return forgeryViolation(compiled, text, walk) ?? walk.pageViolation(compiled, text.count)
    } catch {
      return DiagnosticLaw.violation(of: error, text, walk.dialect)
    }
  }

  // MARK: Replayed

  /// A cursor of one filter and order is none of another.
  private static func otherQueryViolation(
    _ token: [UInt8], _ compiled: CompiledQuery, _ request: [UInt8], _ walk: CursorWalk
  ) -> String? {
    guard let other = try? walk.compile(request), other.query.boundary == nil,
      other.query.predicate != compiled.query.predicate || other.query.sort != compiled.query.sort
    else { return nil }
    return walk.replayViolation(token, request, "page.cursor-of-other-query")
  }

  private static func otherResourceViolation(
    _ token: [UInt8], _ compiled: CompiledQuery, _ walk: CursorWalk, _ input: FuzzInput
  ) -> String? {
    let next = (input.groundIndex + 1) % FuzzRegistry.grounds.count
    // Two random resources may have one name, and one plain query.
    guard let other = CursorGround.all[next], other.compiler.resource != compiled.query.resource,
      other.compiler.resource.name != compiled.query.resource.name
    else { return nil }
    let replay = CursorWalk(ground: other, dialect: walk.dialect)
    let plain = walk.dialect == .body ? Array("{}".utf8) : []
    guard (try? replay.compile(plain)) != nil else { return nil }
    return replay.replayViolation(token, plain, "page.cursor-of-other-query")
  }

  private static func otherScopeViolation(_ token: [UInt8], _ request: [UInt8], _ walk: CursorWalk) -> String?
  {
    var other = walk
    for (name, value) in walk.scope { other.scope[name] = value + "1" }
    guard !walk.scope.isEmpty, (try? other.compile(request)) != nil else { return nil }
    return other.replayViolation(token, request, "page.cursor-of-other-query")
  }
}
