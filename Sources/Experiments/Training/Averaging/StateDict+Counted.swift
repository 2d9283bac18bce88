import Torch
import TorchNN

/// The key of the number of steps.
private let countKey = "count"

extension StateDict {
  /// Tensors that are over a number of steps, by their names, and that number; nothing where there are no steps.
  init(_ tensors: [Tensor], named names: [String], over count: Int) throws(TorchError) {
    self.init()
    guard count > 0 else { return }
    for (name, tensor) in zip(names, tensors) { self[name] = tensor }
    self[countKey] = try Tensor([Int64(count)])
  }
}

extension [NamedTensor] {
  /// Copies of the tensors of `state` that have these names and shapes, on these devices, and the number of steps that they are
  /// over; none of an empty one.
  /// - Throws: `StateDictMismatch` naming all keys that do not fit.
  func restored(
    from state: StateDict, as type: DType
  ) throws -> (tensors: [Tensor], count: Int) {
    guard !state.isEmpty else { return ([], 0) }
    let copies = try map {
      NamedTensor(
        name: $0.name,
        tensor: try Tensor.zeros($0.tensor.shape, dtype: type, device: $0.tensor.device),
        isParameter: false)
    }
    let count = try Tensor([Int64(0)])
    try (copies + [NamedTensor(name: countKey, tensor: count, isParameter: false)]).load(state)
    return (copies.map(\.tensor), try Int(stored: count.sum().item(), as: countKey))
  }
}
