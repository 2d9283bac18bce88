import Torch

/// What a method adds to a step.
public struct MethodTerms {
  /// A named summand of the loss.
  public struct LossTerm {
    /// The name in the metrics, after `loss_`: `nce_layer3`.
    public let name: String
    /// The unweighted value, one element.
    public let value: Tensor
    /// λ, the factor of the value in the sum.
    public let weight: Double

    /// A summand.
    public init(name: String, value: Tensor, weight: Double) {
      self.name = name
      self.value = value
      self.weight = weight
    }
  }

  /// The summands, in a fixed order.
  public var losses: [LossTerm] = []
  /// Other figures for the metrics, by name, one element each.
  public var figures: [(name: String, value: Tensor)] = []
  /// What `update` must be given from the step, such as keys for a queue: tensors with a row for each image, or several,
  /// then first one for each image, then the next for each. Where several processes share the batch, `update` gets the rows
  /// of all images.
  public var kept: [Tensor] = []

  /// No terms.
  public init() {}
}
