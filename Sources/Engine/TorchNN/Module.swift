import Torch

/// A part of a network: parameters, buffers and modules in its properties, whose names are the keys of its
/// state dict.
///
/// `runningMean` has the key `running_mean`; the second element of an array `layer1` has `layer1.1`. Properties
/// of other types are not part of the state.
public protocol Module: AnyObject {
  /// The keys of the properties that have another name in published weights, by the properties' names.
  static var stateKeys: [String: String] { get }
}

/// A module that gives starting values, random or constant, to its own parameters.
public protocol Initializable: Module {
  /// Gives the module's parameters their starting values, after the modules inside it have theirs.
  func initialize(using generator: Generator) throws(TorchError)
}

extension Module {
  /// By default all keys follow the properties' names.
  public static var stateKeys: [String: String] { [:] }

  /// Every parameter and buffer with its key, in the order of declaration.
  public func namedTensors() -> [NamedTensor] {
    var result: [NamedTensor] = []
    ModuleWalk.visit(self) { name, value in
      if let parameter = value as? Parameter {
        result.append(NamedTensor(name: name, tensor: parameter.tensor, isParameter: true))
      } else if let buffer = value as? Buffer {
        result.append(NamedTensor(name: name, tensor: buffer.tensor, isParameter: false))
      }
    }
    return result
  }

  /// Every parameter with its key.
  public func namedParameters() -> [NamedTensor] {
    namedTensors().filter(\.isParameter)
  }

  /// The number of elements of all parameters, trainable or frozen; buffers are not counted.
  public var parameterCount: Int {
    namedParameters().reduce(0) { $0 + $1.tensor.count }
  }

  /// This module and those below it, outermost first.
  public func allModules() -> [any Module] { [self] + namedModules().map(\.module) }

  /// The modules below this one with the keys that those of their tensors begin with, outer before inner.
  public func namedModules() -> [(name: String, module: any Module)] {
    var result: [(name: String, module: any Module)] = []
    ModuleWalk.visit(self) { name, value in
      if let module = value as? any Module { result.append((name, module)) }
    }
    return result
  }

  /// Gives every layer its starting values, inner modules before those that hold them.
  public func initialize(using generator: Generator) throws(TorchError) {
    for module in allModules().reversed() {
      if let layer = module as? any Initializable { try layer.initialize(using: generator) }
    }
  }

  /// Whether the gradients of any parameter are recorded.
  public var isTrained: Bool { namedParameters().contains { $0.tensor.requiresGradient } }

  /// Stops recording gradients of the parameters permanently.
  public func freeze() throws(TorchError) {
    for parameter in namedParameters() { try parameter.tensor.requireGradient(false) }
  }

  /// Moves every parameter and buffer to `device`.
  public func move(to device: Device) throws(TorchError) {
    for entry in namedTensors() where entry.tensor.device != device {
      try entry.tensor.replaceStorage(entry.tensor.detached().moved(to: device))
    }
  }
}
