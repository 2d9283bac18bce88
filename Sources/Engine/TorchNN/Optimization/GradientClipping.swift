import Torch

/// Keeps the gradients of a step from becoming larger than a bound.
public enum GradientClipping {
  /// Scales the gradients of `parameters` so that their L2 norm, of all of them together, is at most `bound`, if there is one.
  ///
  /// As PyTorch's `clip_grad_norm_`: g ← g · min(1, bound / (‖g‖ + 1e-6)). Gradients whose norm is not finite stay as they
  /// are. Parameters without a gradient are left out.
  /// - Returns: ‖g‖, the norm before.
  public static func clip(
    gradientsOf parameters: [Tensor], to bound: Double?
  ) throws(TorchError) -> Double {
    var gradients: [Tensor] = []
    for parameter in parameters {
      if let gradient = try parameter.gradient() { gradients.append(gradient) }
    }
    let norm = try gradients.norm().item()
    guard let bound else { return norm }
    let factor = bound / (norm + 1e-6)
    if norm.isFinite, factor < 1 { try gradients.multiplyInPlace(factor) }
    return norm
  }
}
