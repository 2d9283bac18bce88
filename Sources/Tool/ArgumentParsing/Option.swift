/// A named value: `--seed 3`, `--seed=3` or `-s 3`.
///
/// An option without a default is required unless its type is optional. An array collects the values of all
/// occurrences, which then replace its default.
@propertyWrapper
public struct Option<Value: ArgumentValue> {
  private var storage: ValueStorage<Value>
  private let name: NameSpecification
  private let parsing: ArrayParsingStrategy
  private let help: ArgumentHelp?
  private let completion: CompletionKind?

  /// Declares an option with a default.
  public init(
    wrappedValue: Value, name: NameSpecification = .long,
    parsing: ArrayParsingStrategy = .singleValue, help: ArgumentHelp? = nil,
    completion: CompletionKind? = nil
  ) {
    self.init(
      defaultValue: wrappedValue, name: name, parsing: parsing, help: help, completion: completion)
  }

  /// Declares an option without a default.
  public init(
    name: NameSpecification = .long, help: ArgumentHelp? = nil, completion: CompletionKind? = nil
  ) {
    self.init(
      defaultValue: Value.valueIfAbsent, name: name, parsing: .singleValue, help: help,
      completion: completion)
  }

  private init(
    defaultValue: Value?, name: NameSpecification, parsing: ArrayParsingStrategy,
    help: ArgumentHelp?, completion: CompletionKind?
  ) {
    self.parsing = parsing
    storage = ValueStorage(defaultValue: defaultValue)
    self.name = name
    self.help = help
    self.completion = completion
  }

  /// The value typed, or the default.
  public var wrappedValue: Value {
    get { storage.value }
    set { storage = ValueStorage(defaultValue: newValue) }
  }
}

extension Option: ArgumentDeclaration {
  package func bindings(named property: String) -> [ArgumentBinding] {
    var description = ArgumentDescription(
      .option, property: property, names: name.names(for: property),
      holding: storage.defaultValue, help: help, completion: completion)
    description.takesFollowing = parsing == .upToNextOption
    return [ArgumentBinding(description, to: storage)]
  }
}
