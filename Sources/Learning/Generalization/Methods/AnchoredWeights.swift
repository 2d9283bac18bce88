import Backbones
import Torch
import TorchNN

/// The trained weights θ of a backbone, with the weights θ* that they started from. These are kept on the student's device.
///
/// θ* is part of a checkpoint, because the file that a run started from may hold other weights when the run is resumed.
struct AnchoredWeights {
  /// θ, the backbone's own tensors with their keys.
  let current: [NamedTensor]
  /// θ*, in the same order.
  let anchors: [Tensor]

  /// Takes as θ* the present weights of `backbone` that record gradients.
  /// - Throws: `MethodError.addedWeights` where some of them are of adapters or learnt tokens: their distance from their own start is not
  ///   that of the network from ImageNet's. `.frozenBackbone` where there are none.
  init(of backbone: any Backbone, on device: Device) throws {
    guard !backbone.trainsAddedWeights else { throw MethodError.addedWeights }
    current = backbone.namedParameters().filter(\.tensor.requiresGradient)
    guard !current.isEmpty else { throw MethodError.frozenBackbone }
    var anchors: [Tensor] = []
    for weight in current {
      anchors.append(try weight.tensor.detached().clone().moved(to: device))
    }
    self.anchors = anchors
  }

  /// θ* under the weights' keys after `prefix`: the anchors themselves, not copies.
  func named(prefix: String) -> [NamedTensor] {
    zip(current, anchors).map {
      NamedTensor(name: prefix + $0.name, tensor: $1, isParameter: false)
    }
  }

  /// Zeros in the shape of every weight, under the weights' keys after `prefix`.
  func zeros(prefix: String) throws(TorchError) -> [NamedTensor] {
    var zeros: [NamedTensor] = []
    for (weight, anchor) in zip(current, anchors) {
      zeros.append(
        NamedTensor(
          name: prefix + weight.name, tensor: try Tensor.zeros(like: anchor), isParameter: false))
    }
    return zeros
  }

  /// Σ_k Ω_k (θ_k − θ*_k)², one element; with Ω = 1 where no `importance` is given.
  func squaredDistance(weightedBy importance: [NamedTensor]? = nil) throws(TorchError) -> Tensor {
    var total = try Tensor.zeros([], device: anchors.first?.device ?? .cpu)
    for index in current.indices {
      var terms = try (current[index].tensor - anchors[index]).power(2)
      if let importance { terms = try terms * importance[index].tensor }
      total = try total + terms.sum()
    }
    return total
  }

  /// Adds `factor` times the gradient of `squaredDistance`, 2 Ω_k (θ_k − θ*_k), to the gradients of the weights
  /// that have one.
  func addGradient(weightedBy importance: [NamedTensor], times factor: Double) throws(TorchError) {
    try withoutGradients { () throws(TorchError) in
      for index in current.indices {
        guard let gradient = try current[index].tensor.gradient() else { continue }
        try gradient.addProductInPlace(
          importance[index].tensor, current[index].tensor - anchors[index], times: 2 * factor)
      }
    }
  }
}
