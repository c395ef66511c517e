#if CommandLine
  package import GRDB
  import TamisSQL

  extension Configuration {
    /// Every connection gets the function that statements call where a request says `matches`.
    ///
    ///     var configuration = Configuration()
    ///     configuration.registerMatchFunction()
    ///     let queue = try DatabaseQueue(configuration: configuration)
    package mutating func registerMatchFunction() {
      prepareDatabase { $0.add(function: .tamisMatches) }
    }
  }

  extension DatabaseFunction {
    /// As the documentation of `MatchFunction` says.
    package static var tamisMatches: DatabaseFunction {
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
