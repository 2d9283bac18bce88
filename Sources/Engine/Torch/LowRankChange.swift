/// What is added to the weight of a linear layer: s·B·A.
public struct LowRankChange {
  /// A, rank×inputs.
  public let a: Tensor
  /// B, outputs×rank.
  public let b: Tensor
  /// s, one number.
  public let scale: Tensor

  /// The change s·B·A.
  public init(a: Tensor, b: Tensor, scale: Tensor) {
    self.a = a
    self.b = b
    self.scale = scale
  }
}
