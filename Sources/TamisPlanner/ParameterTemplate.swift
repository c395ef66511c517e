import TamisModel

/// A named parameter with its conditions resolved.
struct ParameterTemplate: Sendable {
  enum Meaning: Sendable {
    case value(FieldType, ConditionTemplate)
    case choice([(name: String, condition: ConditionTemplate)], fallback: Int?)
    case flag(whenTrue: ConditionTemplate, whenFalse: ConditionTemplate, defaultValue: Bool)
    case ignored(FieldType)
  }

  let parameter: Parameter
  let meaning: Meaning

  /// It is required, or its default is a condition.
  var meansSomethingWhenAbsent: Bool {
    if parameter.isRequired { return true }
    switch meaning {
    case .value, .ignored: return false
    case .choice(_, let fallback): return fallback != nil
    case .flag: return true
    }
  }

  /// The index of a choice by its name.
  func choice(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard case .choice(let choices, _) = meaning else { return nil }
    let folds = parameter.matchesAnyCase
    let text = String(decoding: bytes, as: UTF8.self)
    return choices.firstIndex {
      folds ? $0.name.asciiLowercased == text.asciiLowercased : $0.name == text
    }
  }

  static func make(_ parameter: Parameter, compile: (Condition, FieldType?) -> ConditionTemplate)
    -> ParameterTemplate
  {
    let meaning: Meaning =
      switch parameter.meaning {
      case .value(let type, let condition): .value(type, compile(condition, type))
      case .choice(let choices, let fallback):
        .choice(
          choices.map { ($0.name, compile($0.condition, nil)) },
          fallback: choices.firstIndex { $0.name == fallback })
      case .flag(let whenTrue, let whenFalse, let defaultValue):
        .flag(
          whenTrue: compile(whenTrue, nil), whenFalse: compile(whenFalse, nil), defaultValue: defaultValue)
      case .ignored(let type): .ignored(type)
      }
    return ParameterTemplate(parameter: parameter, meaning: meaning)
  }
}
