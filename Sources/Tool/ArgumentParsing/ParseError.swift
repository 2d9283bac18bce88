/// An argument as shown in an error message.
struct ArgumentMention: Equatable, Sendable {
  var label: String
  var abstract = ""
  var allowedValues: [String] = []

  init(_ label: String, allowedValues: [String] = []) {
    self.label = label
    self.allowedValues = allowedValues
  }

  init(_ description: ArgumentDescription) {
    label = description.label
    abstract = description.abstract
    allowedValues = description.allowedValues
  }
}

/// What is wrong with the arguments typed.
enum ParseError: Error, Equatable {
  case unknownOption(String, nearest: String?)
  case unknownSubcommand(String, nearest: String?)
  case missingValue(ArgumentMention)
  case unexpectedValue(String, option: String)
  case invalidValue(String, ArgumentMention)
  case emptyPath(ArgumentMention)
  case missingArgument(ArgumentMention)
  case unexpectedArguments([String])
}

extension ParseError {
  /// The sentence that reports the error.
  var message: String {
    switch self {
    case .unknownOption(let name, let nearest):
      "Unknown option '\(name)'" + Self.suggestion(nearest)
    case .unknownSubcommand(let name, let nearest):
      "Unknown subcommand '\(name)'" + Self.suggestion(nearest)
    case .missingValue(let argument):
      "Missing value for '\(argument.label)'"
    case .unexpectedValue(let value, let option):
      "The option '\(option)' does not take any value, but '\(value)' was specified."
    case .invalidValue(let value, let argument):
      "The value '\(value)' is invalid for '\(argument.label)'"
        + Self.choice(among: argument.allowedValues)
    case .emptyPath(let argument):
      "The value for '\(argument.label)' is empty; expected a path"
    case .missingArgument(let argument):
      "Missing expected argument '\(argument.label)'"
    case .unexpectedArguments(let arguments):
      (arguments.count == 1 ? "Unexpected argument " : "\(arguments.count) unexpected arguments: ")
        + arguments.map { "'\($0)'" }.joined(separator: ", ")
    }
  }

  /// The argument's label and help, if the error is about a declared argument.
  var help: String? {
    switch self {
    case .missingValue(let argument), .invalidValue(_, let argument), .emptyPath(let argument),
      .missingArgument(let argument):
      argument.abstract.isEmpty ? nil : "\(argument.label)  \(argument.abstract)"
    case .unknownOption, .unknownSubcommand, .unexpectedValue, .unexpectedArguments: nil
    }
  }

  private static func suggestion(_ name: String?) -> String {
    name.map { ". Did you mean '\($0)'?" } ?? ""
  }

  private static func choice(among values: [String]) -> String {
    let quoted = values.map { "'\($0)'" }
    guard let last = quoted.last else { return "" }
    let others = quoted.dropLast().joined(separator: ", ")
    return ". Please provide one of \(others.isEmpty ? last : "\(others) or \(last)")."
  }
}
