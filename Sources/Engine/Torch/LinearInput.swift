import CTorch

/// What a linear layer does to its input first.
public enum LinearInput {
  /// Nothing.
  case unchanged
  /// GELU.
  case gelu
  /// The approximation of GELU that CLIP was trained with.
  case quickGELU
  /// A norm of each vector by its own mean and variance, with γ, β and ε.
  case normalized(weight: Tensor, bias: Tensor, epsilon: Double)

  /// The input after this step.
  func callAsFunction(_ x: Tensor) throws(TorchError) -> Tensor {
    switch self {
    case .unchanged: x
    case .gelu: try x.gelu()
    case .quickGELU: try x.quickGELU()
    case .normalized(let weight, let bias, let epsilon):
      try x.layerNormalized(weight: weight, bias: bias, epsilon: epsilon)
    }
  }

  var code: ct_linear_input {
    switch self {
    case .unchanged: CT_AS_IT_IS
    case .gelu: CT_GELU
    case .quickGELU: CT_QUICK_GELU
    case .normalized: CT_NORM
    }
  }
}
