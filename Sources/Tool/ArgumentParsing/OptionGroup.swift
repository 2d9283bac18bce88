/// Arguments declared once and shared by several commands.
@propertyWrapper
public struct OptionGroup<Group: ParsableArguments> {
  /// The group with the values typed.
  public var wrappedValue: Group

  /// Declares all arguments of the group.
  public init() { wrappedValue = Group() }
}

extension OptionGroup: ArgumentDeclaration {
  package func bindings(named property: String) -> [ArgumentBinding] { wrappedValue.bindings }

  package func validate() throws {
    var group = wrappedValue
    try group.validate()
  }
}
