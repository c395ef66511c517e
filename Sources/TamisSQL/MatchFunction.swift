import TamisRegex

/// The function `tamis_matches(pattern, text)`, which statements for SQLite call where a request says `matches`.
///
/// Every connection that runs such statements has to have it. It is deterministic and takes two arguments; null in
/// gives null out, which keeps SQL's three-valued logic. An invalid pattern, and a match that takes too many steps, is
/// an error of the statement, never "no match". Patterns are kept compiled, a bounded number of them, for all
/// connections together; the value may be used from any thread.
///
/// With GRDB:
///
///     let function = DatabaseFunction(MatchFunction.name, argumentCount: 2, pure: true) { values in
///       do {
///         return try MatchFunction().evaluate(
///           pattern: String.fromDatabaseValue(values[0]), text: String.fromDatabaseValue(values[1]))
///       } catch { throw DatabaseError(message: error.message) }
///     }
///     configuration.prepareDatabase { $0.add(function: function) }
///
/// With the C interface: `sqlite3_create_function_v2` under this name, with 2 arguments and
/// `SQLITE_UTF8 | SQLITE_DETERMINISTIC`; its callback reads both arguments with `sqlite3_value_text` (nil where
/// `sqlite3_value_type` is `SQLITE_NULL`), calls `evaluate`, and answers with `sqlite3_result_int` (1 or 0),
/// `sqlite3_result_null`, or `sqlite3_result_error` and the error's `message`.
public struct MatchFunction: Sendable {
  /// As statements call it.
  public static let name = "tamis_matches"

  public init() {}

  /// Why a call has no result.
  public struct Failure: Error, Hashable, Sendable {
    /// For `sqlite3_result_error`.
    public let message: String
  }

  /// Whether the pattern is found in the text; nil when one of them is null.
  public func evaluate(pattern: String?, text: String?) throws(Failure) -> Bool? {
    guard let pattern, let text else { return nil }
    let matcher: RegexMatcher
    do {
      matcher = try RegexCache.shared.matcher(for: Array(pattern.utf8))
    } catch {
      throw Failure(message: "\(Self.name): invalid pattern: \(error.reason)")
    }
    do {
      return try matcher.matches(text)
    } catch {
      throw Failure(message: Self.message(error))
    }
  }

  private static func message(_ failure: RegexFailure) -> String {
    switch failure {
    case .limit: "\(name): the pattern takes too many steps on a value"
    case .engine(let number): "\(name): PCRE2 failed with its error \(number)"
    }
  }
}
