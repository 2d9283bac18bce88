import Torch

extension Module {
  /// Stops training γ and β of every batch norm permanently; their statistics are constant anyway.
  public func freezeBatchNorms() throws(TorchError) {
    for case let norm as BatchNorm2d in allModules() {
      for parameter in norm.namedParameters() { try parameter.tensor.requireGradient(false) }
    }
  }
}
