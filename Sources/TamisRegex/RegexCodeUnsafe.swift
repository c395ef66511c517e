import CPCRE2

/// A pattern compiled by PCRE2.
///
/// `code` is written by `init` alone and freed by `deinit` alone. PCRE2 only reads compiled code while it matches
/// (there is no JIT code, whose making would write to it), so any number of threads may match with it at a time:
/// hence `@unchecked Sendable`. Nobody gets the pointer.
@safe final class RegexCode: @unchecked Sendable {
  private let code: OpaquePointer

  /// UTF-8, `\d`, `\w`, `\s` and `\b` of ASCII, lines that end with a line feed, and nothing that a pattern could change
  /// of that: `\C` and `(*UCP)` are off.
  ///
  /// - Parameter isWhole: the match begins at the text's first byte and ends at its last.
  init(_ pattern: [UInt8], isWhole: Bool) throws(RegexFault) {
    var options = PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C | PCRE2_NEVER_UCP
    if isWhole { options |= PCRE2_ANCHORED | PCRE2_ENDANCHORED }
    var error: Int32 = 0
    var offset = 0
    // The pointer is to `pattern` and is used within the call only. An empty array may have none, and needs none:
    // the length is 0, and the one byte below is not read.
    let bytes = pattern.isEmpty ? [0] : pattern
    let compiled = unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe pcre2_compile_8(
        buffer.baseAddress, pattern.count, options, &error, &offset, RegexContexts.shared.compile)
    }
    guard let compiled = unsafe compiled else {
      throw RegexFault(reason: RegexContexts.message(error), bytes: Self.scalar(at: offset, of: pattern))
    }
    unsafe code = compiled
  }

  deinit { unsafe pcre2_code_free_8(code) }

  func matches(_ text: Span<UInt8>, _ scratch: RegexScratch) throws(RegexFailure) -> Bool {
    // The pointer is to the span's bytes and is used within the call only.
    let result = unsafe text.withUnsafeBufferPointer { buffer in unsafe match(buffer, scratch) }
    switch result {
    case 0...: return true
    case PCRE2_ERROR_NOMATCH: return false
    case PCRE2_ERROR_MATCHLIMIT, PCRE2_ERROR_DEPTHLIMIT, PCRE2_ERROR_HEAPLIMIT: throw .limit
    default: throw .engine(result)
    }
  }

  private func match(_ text: UnsafeBufferPointer<UInt8>, _ scratch: RegexScratch) -> Int32 {
    guard let start = text.baseAddress else {
      // An empty span may have no address; an empty text at any address is the same text.
      var nothing: UInt8 = 0
      return unsafe pcre2_match_8(code, &nothing, 0, 0, 0, scratch.data, RegexContexts.shared.match)
    }
    return unsafe pcre2_match_8(code, start, text.count, 0, 0, scratch.data, RegexContexts.shared.match)
  }

  /// The scalar at an offset; nothing at the end.
  private static func scalar(at offset: Int, of pattern: [UInt8]) -> Range<Int> {
    var start = Swift.min(Swift.max(offset, 0), pattern.count)
    guard start < pattern.count else { return start..<start }
    while start > 0, pattern[start] & 0xC0 == 0x80 { start -= 1 }
    var end = start + 1
    while end < pattern.count, pattern[end] & 0xC0 == 0x80 { end += 1 }
    return start..<end
  }
}

/// What a match writes to: one thread at a time uses it, because a pool hands it to one user and takes it back from
/// that one. That is why it may go from thread to thread, and what `@unchecked` stands for.
@safe final class RegexScratch: @unchecked Sendable {
  /// Set once; freed by `deinit` alone. Not tied to a pattern: one pair of offsets is all that is asked for.
  fileprivate let data: OpaquePointer

  init() throws(RegexFailure) {
    guard let created = unsafe pcre2_match_data_create_8(1, nil) else { throw .engine(PCRE2_ERROR_NOMEMORY) }
    unsafe data = created
  }

  deinit { unsafe pcre2_match_data_free_8(data) }
}

/// PCRE2's settings, made once for the process, never freed, and only read after that: hence `@unchecked Sendable`.
@safe private final class RegexContexts: @unchecked Sendable {
  static let shared = RegexContexts()

  /// Nil, which is PCRE2's own default, only where there is no memory for a few bytes; a pattern is then refused by
  /// the compiler for the same reason.
  let compile: OpaquePointer?
  let match: OpaquePointer?

  private init() {
    unsafe compile = pcre2_compile_context_create_8(nil)
    unsafe match = pcre2_match_context_create_8(nil)
    // Each setting is of a context that was just made and that nobody else has yet.
    if unsafe compile != nil {
      unsafe pcre2_set_newline_8(compile, UInt32(PCRE2_NEWLINE_LF))
      unsafe pcre2_set_bsr_8(compile, UInt32(PCRE2_BSR_UNICODE))
      unsafe pcre2_set_parens_nest_limit_8(compile, RegexLimits.nesting)
      unsafe pcre2_set_max_pattern_length_8(compile, 16 * RegexLimits.patternBytes)
    }
    if unsafe match != nil {
      unsafe pcre2_set_match_limit_8(match, RegexLimits.steps)
      unsafe pcre2_set_depth_limit_8(match, RegexLimits.depth)
      unsafe pcre2_set_heap_limit_8(match, RegexLimits.heapKibibytes)
    }
  }

  /// PCRE2's sentence for one of its numbers.
  static func message(_ error: Int32) -> String {
    var bytes = Array(repeating: UInt8(0), count: 256)
    // PCRE2 writes at most as many bytes as the array has, and gives how many it wrote.
    let count = unsafe bytes.withUnsafeMutableBufferPointer { buffer in
      unsafe pcre2_get_error_message_8(error, buffer.baseAddress, buffer.count)
    }
    return String(decoding: bytes.prefix(Int(Swift.max(0, count))), as: UTF8.self)
  }
}
