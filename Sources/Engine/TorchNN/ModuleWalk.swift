/// The walk over the properties of a module and of the modules below it.
enum ModuleWalk {
  /// Calls `body` with the key and value of every property, outer before inner, in the order of declaration.
  static func visit(_ module: any Module, _ body: (String, Any) -> Void) {
    visitProperties(of: module, prefix: "", body)
  }

  private static func visitProperties(
    of module: any Module, prefix: String, _ body: (String, Any) -> Void
  ) {
    let keys = type(of: module).stateKeys
    for child in properties(Mirror(reflecting: module)) {
      guard let label = child.label else { continue }
      visitValue(child.value, name: prefix + (keys[label] ?? snakeCase(label)), body)
    }
  }

  /// All properties, those of classes that it inherits from first.
  private static func properties(_ mirror: Mirror) -> [Mirror.Child] {
    (mirror.superclassMirror.map(properties) ?? []) + mirror.children
  }

  private static func visitValue(_ value: Any, name: String, _ body: (String, Any) -> Void) {
    if let modules = value as? [any Module] {
      for (index, module) in modules.enumerated() {
        visitValue(module, name: "\(name).\(index)", body)
      }
    } else if let module = value as? any Module {
      body(name, module)
      visitProperties(of: module, prefix: name + ".", body)
    } else {
      body(name, value)
    }
  }

  private static func snakeCase(_ name: String) -> String {
    name.reduce(into: "") { result, character in
      if character.isUppercase { result += "_" }
      result += character.lowercased()
    }
  }
}
