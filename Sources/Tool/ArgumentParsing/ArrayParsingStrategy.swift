/// Which of the arguments after an option's name are its values, for an option that holds an array.
public enum ArrayParsingStrategy: Sendable {
  /// The next one: `--set a --set b`.
  case singleValue
  /// All up to the next option: `--grid a b`.
  case upToNextOption
}
