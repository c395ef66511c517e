import TamisModel

/// A named parameter with its conditions resolved.
struct ParameterTemplate: Sendable {
  enum Meaning: Sendable {
    case value(FieldType, ConditionTemplate)
    case choice([(name: String, condition: ConditionTemplate)], fallback: Int?)
    case flag(whenTrue: ConditionTemplate, whenFalse: ConditionTemplate, defaultValue: Bool)
    case list(FieldType, ConditionTemplate)
    case choices([(name: String, condition: ConditionTemplate)])
    case objects([ParameterTemplate])
    case entries(FieldID)
    case selecting([FieldID])
    case ignored(FieldType)
  }

  let parameter: Parameter
  let meaning: Meaning
  /// What its absence means, where it has no default of its own.
  let absent: ConditionTemplate?

  /// It is required, or its default is a condition.
  var meansSomethingWhenAbsent: Bool {
    if parameter.isRequired || absent != nil { return true }
    switch meaning {
    case .value, .list, .choices, .objects, .entries, .selecting, .ignored: return false
    case .choice(_, let fallback): return fallback != nil
    case .flag: return true
    }
  }

  var choices: [(name: String, condition: ConditionTemplate)] {
    switch meaning {
    case .choice(let choices, _), .choices(let choices): choices
    case .value, .flag, .list, .objects, .entries, .selecting, .ignored: []
    }
  }

  /// The index of a choice by its name.
  func choice(_ bytes: ArraySlice<UInt8>) -> Int? {
    let folds = parameter.matchesAnyCase
    let text = String(decoding: bytes, as: UTF8.self)
    return choices.firstIndex {
      folds ? $0.name.asciiLowercased == text.asciiLowercased : $0.name == text
    }
  }

  static func make(
    _ parameter: Parameter, _ resource: Resource, compile: (Condition, FieldType?) -> ConditionTemplate
  ) -> ParameterTemplate {
    // A name that is unknown is a fault of the resource already.
    func field(_ name: String) -> FieldID { resource.field(named: name) ?? FieldID(0) }
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
      case .list(let type, let condition): .list(type, compile(condition, type))
      case .choices(let choices): .choices(choices.map { ($0.name, compile($0.condition, nil)) })
      case .objects(let members): .objects(members.map { make($0, resource, compile: compile) })
      case .entries(let name): .entries(field(name))
      case .selecting(let names): .selecting(names.map(field))
      case .ignored(let type): .ignored(type)
      }
    return ParameterTemplate(
      parameter: parameter, meaning: meaning, absent: parameter.absentCondition.map { compile($0, nil) })
  }
}
