import Torch
import TorchNN

/// Layers that turn the vector of an image into logits.
protocol PooledHead: Module {
  /// Maps N×inputs to N×classes.
  func callAsFunction(_ x: Tensor) throws(TorchError) -> Tensor
}
