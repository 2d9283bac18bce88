import Torch

/// Tensors by their keys.
public typealias StateDict = [String: Tensor]

extension [String: Tensor] {
  /// The tensors by their names: the same tensors, not copies.
  public init(_ tensors: [NamedTensor]) {
    self.init(uniqueKeysWithValues: tensors.map { ($0.name, $0.tensor) })
  }

  /// Every key with `prefix` before it.
  public func prefixed(_ prefix: String) -> StateDict {
    StateDict(uniqueKeysWithValues: map { (prefix + $0, $1) })
  }

  /// The entries whose keys start with `prefix`, without it.
  public func below(_ prefix: String) -> StateDict {
    var result = StateDict()
    for (key, tensor) in self where key.hasPrefix(prefix) {
      result[String(key.dropFirst(prefix.count))] = tensor
    }
    return result
  }
}

extension Module {
  /// Every parameter and buffer by its key; the tensors are the module's own, not copies.
  public func stateDict() -> StateDict {
    StateDict(namedTensors())
  }

  /// Copies `state` into the parameters and buffers.
  ///
  /// A missing `num_batches_tracked` is accepted: older published weights do not have it and constant
  /// statistics do not use it.
  /// - Parameters:
  ///   - state: tensors by key, of any element type and on any device.
  ///   - optional: says for which keys a tensor may be missing or have another shape; they then keep their values.
  ///   - allowsUnexpected: whether keys that the module does not have are ignored.
  /// - Throws: `StateDictMismatch` naming all missing, unexpected and mis-shaped keys; nothing is
  ///   changed then.
  public func load(
    _ state: StateDict, optional: (String) -> Bool = { _ in false }, allowsUnexpected: Bool = false
  ) throws {
    try namedTensors().load(
      state,
      optional: { optional($0) || $0.hasSuffix("num_batches_tracked") },
      allowsUnexpected: allowsUnexpected)
  }
}

extension [NamedTensor] {
  /// Copies `state` into the tensors of the same names.
  /// - Parameters:
  ///   - state: tensors by key, of any element type and on any device.
  ///   - optional: says for which keys a tensor may be missing or have another shape; they then keep their values.
  ///   - allowsUnexpected: whether keys that none of the tensors has are ignored.
  /// - Throws: `StateDictMismatch` naming all missing, unexpected and mis-shaped keys; nothing is
  ///   changed then.
  public func load(
    _ state: StateDict, optional: (String) -> Bool = { _ in false }, allowsUnexpected: Bool = false
  ) throws {
    var mismatch = StateDictMismatch()
    var copies: [(target: Tensor, source: Tensor)] = []
    for entry in self {
      guard let source = state[entry.name] else {
        if !optional(entry.name) { mismatch.missing.append(entry.name) }
        continue
      }
      if source.shape == entry.tensor.shape {
        copies.append((entry.tensor, source))
      } else if !optional(entry.name) {
        mismatch.misshaped.append(
          .init(key: entry.name, expected: entry.tensor.shape, found: source.shape))
      }
    }
    if !allowsUnexpected {
      mismatch.unexpected = Set(state.keys).subtracting(map(\.name)).sorted()
    }
    guard mismatch.isEmpty else { throw mismatch }
    try withoutGradients {
      for copy in copies { try copy.target.copyInPlace(copy.source) }
    }
  }
}
