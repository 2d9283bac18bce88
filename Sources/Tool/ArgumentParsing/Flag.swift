/// A switch that is off unless typed: `--json`.
@propertyWrapper
public struct Flag {
  private var storage: ValueStorage<Bool>
  private let name: NameSpecification
  private let help: ArgumentHelp?

  /// Declares a flag; its default must be `false`.
  public init(
    wrappedValue: Bool, name: NameSpecification = .long, help: ArgumentHelp? = nil
  ) {
    storage = ValueStorage(defaultValue: wrappedValue)
    self.name = name
    self.help = help
  }

  /// Whether the flag was typed.
  public var wrappedValue: Bool {
    get { storage.value }
    set { storage = ValueStorage(defaultValue: newValue) }
  }
}

extension Flag: ArgumentDeclaration {
  package func bindings(named property: String) -> [ArgumentBinding] {
    let description = ArgumentDescription(
      kind: .flag, names: name.names(for: property), abstract: help?.abstract ?? "")
    let storage = storage
    return [
      ArgumentBinding(
        description: description,
        store: { _ in
          storage.parsedValue = true
          return true
        },
        isFilled: { true })
    ]
  }
}
