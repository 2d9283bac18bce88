import Torch

/// A network whose task loss can count some classes more than others.
public protocol ClassWeighting: TaskNetwork {
  /// The factors on the losses of the classes, by label, on the network's device; nil where all count the same.
  ///
  /// The loss is then the weighted mean Σ w_y · ℓ / Σ w_y over the labelled elements, with y the label of an element and ℓ
  /// its cross-entropy, as PyTorch's `CrossEntropyLoss(weight=…)` has it: the loss keeps its scale whatever the weights are.
  var classWeights: Tensor? { get set }
}
