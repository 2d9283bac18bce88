import Torch

/// Loss and gradients of a step, to be compared with those of the same step computed in another way.
struct StepOutcome {
  private let loss: Double
  private let gradients: [Tensor?]

  /// The outcome of passes that have just left their gradients with `parameters`.
  init(_ tensors: StepTensors, _ parameters: [Tensor]) throws(TorchError) {
    loss = try tensors.losses().total
    gradients = try parameters.map { parameter throws(TorchError) in try parameter.gradient() }
  }

  /// The larger of the relative distances of loss and gradient.
  func distance(to other: StepOutcome) throws(TorchError) -> Double {
    var difference: [Tensor] = []
    var size: [Tensor] = []
    for (own, theirs) in zip(gradients, other.gradients) {
      guard let own, let theirs else {
        if own == nil, theirs == nil { continue }
        return .infinity
      }
      difference.append(try (theirs - own).power(2).sum().reshaped([1]))
      size.append(try own.power(2).sum().reshaped([1]))
    }
    let ofLoss = abs(other.loss - loss) / max(abs(loss), .leastNormalMagnitude)
    guard !size.isEmpty else { return ofLoss }
    let ofGradient =
      try Tensor.concatenated(difference).sum().item()
      / max(Tensor.concatenated(size).sum().item(), .leastNormalMagnitude)
    return max(ofLoss, ofGradient.squareRoot())
  }
}
