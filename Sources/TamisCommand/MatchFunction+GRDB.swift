#if CommandLine
  import GRDB
  import Tamis

  extension Configuration {
    /// Every connection gets the function that `matches` calls.
    mutating func registerMatchFunction() {
      prepareDatabase { $0.add(function: .tamisMatches) }
    }
  }

  extension DatabaseFunction {
    static var tamisMatches: DatabaseFunction {
      DatabaseFunction(MatchFunction.name, argumentCount: 2, pure: true) { values in
        do throws(MatchFunction.Failure) {
          return try MatchFunction().evaluate(
            pattern: String.fromDatabaseValue(values[0]), text: String.fromDatabaseValue(values[1]))
        } catch {
          throw DatabaseError(message: error.message)
        }
      }
    }
  }
#endif
