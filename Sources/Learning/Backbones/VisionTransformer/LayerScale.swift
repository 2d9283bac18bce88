import Torch
import TorchNN

/// A trained factor for each channel of a branch (Touvron et al. 2021, "Going deeper with image transformers").
final class LayerScale: Initializable {
  let gamma: Parameter

  init(_ channels: Int) throws(TorchError) {
    gamma = try Parameter([channels])
  }

  func callAsFunction(_ x: Tensor) throws(TorchError) -> Tensor {
    try x * gamma.tensor
  }

  /// 1e-5, so that a block starts near its shortcut.
  func initialize(using generator: Generator) throws(TorchError) {
    try gamma.initialize(to: 1e-5)
  }
}
