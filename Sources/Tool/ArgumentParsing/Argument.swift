/// A value known by its place on the command line.
///
/// An argument without a default is required unless its type is optional. An array takes all that follow, which
/// then replace its default.
@propertyWrapper
public struct Argument<Value: ArgumentValue> {
  private var storage: ValueStorage<Value>
  private let help: ArgumentHelp?
  private let completion: CompletionKind?

  /// Declares an argument with a default.
  public init(wrappedValue: Value, help: ArgumentHelp? = nil, completion: CompletionKind? = nil) {
    storage = ValueStorage(defaultValue: wrappedValue)
    self.help = help
    self.completion = completion
  }

  /// Declares an argument without a default.
  public init(help: ArgumentHelp? = nil, completion: CompletionKind? = nil) {
    storage = ValueStorage(defaultValue: Value.valueIfAbsent)
    self.help = help
    self.completion = completion
  }

  /// The value typed, or the default.
  public var wrappedValue: Value {
    get { storage.value }
    set { storage = ValueStorage(defaultValue: newValue) }
  }
}

extension Argument: ArgumentDeclaration {
  package func bindings(named property: String) -> [ArgumentBinding] {
    let description = ArgumentDescription(
      .positional, property: property, holding: storage.defaultValue, help: help,
      completion: completion)
    return [ArgumentBinding(description, to: storage)]
  }
}
