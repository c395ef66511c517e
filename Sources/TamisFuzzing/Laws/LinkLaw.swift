import Tamis

/// The links of a page's answer are requests: the same query, and the same on the next page.
enum LinkLaw {
  static func violation(of compiled: CompiledQuery, _ request: [UInt8], _ input: FuzzInput) -> String? {
    let paging = compiled.query.resource.paging
    guard input.dialect != .body, let text = String(validating: request, as: UTF8.self) else { return nil }
    if case .cursor = paging { return nil }
    // A real server reads its own names of pages, whatever dialect it is asked in.
    guard input.isStrict || input.dialect == compiled.query.resource.dialect else { return nil }
    let links = compiled.links(PageFacts(request: text, hasMore: true))
    return violation(of: links.current, "the same page", compiled.query.page, compiled, input)
      ?? violation(of: links.next, "the next page", nextPage(compiled.query.page), compiled, input)
  }

  /// Nil where no list reaches: real servers read offsets of 31 bits, and what is beyond as something else.
  private static func nextPage(_ page: Page) -> Page? {
    let (offset, overflows) = page.offset.addingReportingOverflow(Swift.max(1, page.limit))
    return overflows || offset > 1 << 30 ? nil : Page(limit: page.limit, offset: offset)
  }

  /// A link may lead beyond what a page may be, or a request, and to nothing else that is refused.
  private static func violation(
    of link: String?, _ name: String, _ page: Page?, _ compiled: CompiledQuery, _ input: FuzzInput
  ) -> String? {
    guard let page, let link else { return nil }
    let query = Array(link.drop { $0 != "?" }.dropFirst().utf8)
    do {
      let linked = try input.compile(query)
      let isSame =
        linked.query.predicate == compiled.query.predicate && linked.query.sort == compiled.query.sort
        && linked.query.page == page
      return isSame ? nil : "the link to \(name) is another query: \(link), \(linked.query.page), not \(page)"
    } catch {
      let isBeyond = error.diagnostics.contains { $0.code.hasPrefix("page.") || $0.code.hasPrefix("limit.") }
      return isBeyond ? nil : "the link to \(name) is refused: \(link): \(error)"
    }
  }
}
