import Torch

/// The arithmetic of a backbone's forward pass.
///
/// Weights, gradients of weights, the optimiser and everything after the feature maps (pooling, heads, losses, queues)
/// are float32 in both cases. On CUDA devices float32 convolutions may use TF32, matrix products do not: PyTorch's default.
public enum Precision: String, Sendable, CaseIterable, Codable {
  /// float32 throughout.
  case float32
  /// Convolutions and matrix products in bfloat16, as under PyTorch's `autocast`.
  case bfloat16 = "bf16"

  /// Whether a device computes in it at least as fast as in float32: in bfloat16 CUDA devices do, and processors with instructions
  /// for it.
  public func isFast(on device: Device) -> Bool {
    self == .float32 || device != .cpu || VectorInstructions.multiplyBFloat16
  }
}
