import Backbones
import Torch
import TorchNN

/// The diagonal of the Fisher information of an ImageNet network, E_x E_y∼p(y|x) (∂ log p(y|x) / ∂θ_k)²
/// (Kirkpatrick et al. 2017).
struct FisherInformation {
  /// The network.
  let backbone: any Backbone
  /// The number of images from which the expectation is estimated.
  let imageCount: Int
  /// Draws one y for each image from the network's own distribution over the ImageNet classes.
  let generator: Generator

  /// Estimates F for the parameters into `information`, in the same order, and scales it to mean 1 over all weights,
  /// so that λ has the same scale as without F.
  ///
  /// The gradient is computed for every image separately, since the square of a batch's mean gradient would be another
  /// quantity.
  /// - Parameters:
  ///   - information: zeros in the shapes of the parameters.
  ///   - images: gives batches of N×3×H×W; the first `imageCount` images are used.
  /// - Throws: `MethodError.noImages` if a batch is empty.
  func estimate(
    _ information: [NamedTensor], of parameters: [NamedTensor], on images: () throws -> Tensor
  ) throws {
    let draws: [Float] = try Tensor.uniform([imageCount], generator: generator).scalars()
    var used = 0
    while used < imageCount {
      let batch = try images()
      guard batch.shape[0] > 0 else { throw MethodError.noImages }
      for index in 0..<min(batch.shape[0], imageCount - used) {
        let scores = try backbone.imageNetLogits(of: batch.narrowed(0, index..<index + 1))
          .logSoftmax(1)
        let label = try Self.label(scores, at: Double(draws[used]))
        try scores.selected(1, label).sum().backward()
        try addSquaredGradients(of: parameters, to: information)
        used += 1
      }
    }
    try Self.scaleToMeanOne(information)
  }

  /// The class at `position`, in [0, 1), of the cumulative distribution of 1×classes log-probabilities.
  private static func label(_ scores: Tensor, at position: Double) throws(TorchError) -> Int {
    let probabilities: [Double] = try scores.detached().converted(to: .float64).exp().scalars()
    var cumulative = 0.0
    let label = probabilities.firstIndex { probability in
      cumulative += probability
      return position < cumulative
    }
    // Because of rounding, the sum of all may be below 1.
    return label ?? probabilities.count - 1
  }

  private func addSquaredGradients(
    of parameters: [NamedTensor], to information: [NamedTensor]
  ) throws(TorchError) {
    try withoutGradients { () throws(TorchError) in
      for (parameter, sum) in zip(parameters, information) {
        guard let gradient = try parameter.tensor.gradient() else { continue }
        try sum.tensor.addProductInPlace(gradient, gradient)
        try parameter.tensor.clearGradient()
      }
    }
  }

  private static func scaleToMeanOne(_ information: [NamedTensor]) throws(TorchError) {
    var total = 0.0
    for entry in information { total += try entry.tensor.sum().item() }
    let count = information.reduce(0) { $0 + $1.tensor.count }
    // If no weight changes the network's answer, there is no information to scale.
    guard total > 0 else { return }
    for entry in information { try entry.tensor.multiplyInPlace(Double(count) / total) }
  }
}
