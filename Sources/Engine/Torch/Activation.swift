import CTorch

/// What is done to every element of a convolution's output, in the same pass.
public enum Activation: Sendable {
  /// x.
  case identity
  /// max(x, 0).
  case relu
  /// min(max(x, 0), 6).
  case relu6

  var code: ct_activation {
    switch self {
    case .identity: CT_IDENTITY
    case .relu: CT_RELU
    case .relu6: CT_RELU6
    }
  }
}
