/// A group of arguments, declared with ``Option``, ``Flag``, ``Argument`` and ``OptionGroup``.
public protocol ParsableArguments: SendableMetatype {
  /// Creates the group with its arguments declared and not yet read.
  init()

  /// Checks the values once all of them are read.
  ///
  /// - Throws: Preferably ``ValidationError``. Every error is reported as a usage error.
  mutating func validate() throws
}

extension ParsableArguments {
  /// Accepts all values.
  public mutating func validate() throws {}
}

extension ParsableArguments {
  /// The declarations of this value's property wrappers, in order.
  package var declarations: [(name: String, declaration: any ArgumentDeclaration)] {
    Mirror(reflecting: self).children.compactMap { label, value in
      guard let label, let declaration = value as? any ArgumentDeclaration else { return nil }
      // A wrapped property `recipe` is stored as `_recipe`.
      return (String(label.drop { $0 == "_" }), declaration)
    }
  }

  /// One binding for each declared argument, including those of option groups.
  package var bindings: [ArgumentBinding] {
    declarations.flatMap { $0.declaration.bindings(named: $0.name) }
  }
}
