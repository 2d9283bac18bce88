/// The description of an argument together with the place where its values are stored.
package struct ArgumentBinding {
  let description: ArgumentDescription
  /// Stores one typed value (empty for a flag); `false` where the text is not a value of the type.
  let store: (String) -> Bool
  /// Whether there is a value, typed or by default.
  let isFilled: () -> Bool
}

/// A property wrapper that declares arguments.
package protocol ArgumentDeclaration {
  /// Bindings for the arguments that a property with this name declares.
  func bindings(named property: String) -> [ArgumentBinding]

  /// Checks the values once all of them are read.
  func validate() throws
}

extension ArgumentDeclaration {
  package func validate() throws {}
}

/// The value of one declared argument.
///
/// A reference type, so that the copy of a property wrapper found by reflection fills the command in which it was found.
final class ValueStorage<Value> {
  let defaultValue: Value?
  var parsedValue: Value?

  init(defaultValue: Value?) { self.defaultValue = defaultValue }

  var value: Value {
    guard let value = parsedValue ?? defaultValue else {
      preconditionFailure("An argument of a command must not be read before the command is parsed.")
    }
    return value
  }
}

extension ArgumentBinding {
  init<Value: ArgumentValue>(_ description: ArgumentDescription, to storage: ValueStorage<Value>) {
    self.description = description
    store = { text in
      guard let element = Value.ArgumentElement(argument: text) else { return false }
      storage.parsedValue = Value.adding(element, to: storage.parsedValue)
      return true
    }
    isFilled = { storage.parsedValue != nil || storage.defaultValue != nil }
  }
}
