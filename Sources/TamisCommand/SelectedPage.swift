#if CommandLine
  import Tamis
  import TamisJSON

  /// The records of an answer, and the token of the page after them.
  struct SelectedPage {
    var records: [any SelectedRecord]
    /// Whether tokens are written at all: the resource is paged by them, and there is a key.
    var hasTokens = false
    /// Nil on the last page.
    var next: String?

    init(_ records: [any SelectedRecord]) {
      self.records = records
    }

    init(_ records: [any SelectedRecord], next: String?) {
      self.records = records
      hasTokens = true
      self.next = next
    }

    /// The member `next_page`, where there are tokens; null on the last page.
    func writeToken(to writer: inout JSONWriter) {
      guard hasTokens else { return }
      writer.name("next_page")
      if let next { writer.string(next) } else { writer.null() }
    }
  }

  extension CompiledQuery {
    /// Whether a page of it has tokens: the resource is paged by them, and there is a key.
    var writesTokens: Bool { query.resource.paging.isByCursor && hasCursorKey }
  }

  extension Paging {
    fileprivate var isByCursor: Bool {
      switch self {
      case .cursor: true
      case .limitOffset, .pages: false
      }
    }
  }
#endif
