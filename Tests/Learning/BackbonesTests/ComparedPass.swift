import Backbones
import ReferenceSupport
import Testing
import Torch
import TorchNN

/// What one pass of a network gives: its maps, a loss, and the gradients that this leaves.
struct ComparedPass {
  let loss: Double
  /// The maps of the requested stages, and the last one.
  let maps: [Stage: Tensor]
  let gradients: StateDict

  /// Runs the backward pass of `loss`, if there is one, and takes away the gradients of `tensors`.
  init(_ features: FeatureMaps, loss: Tensor, tensors: [NamedTensor]) throws {
    if loss.requiresGradient { try loss.backward() }
    var maps = features.stages
    maps[.layer4] = features.last
    var gradients: StateDict = [:]
    for entry in tensors {
      guard let gradient = try entry.tensor.gradient() else { continue }
      gradients[entry.name] = gradient
      try entry.tensor.clearGradient()
    }
    self.loss = try loss.item()
    (self.maps, self.gradients) = (maps, gradients)
  }

  /// Expects the numbers of another pass, each tensor within a share of its largest one.
  /// - Parameter maps: the share for maps and the loss; as for gradients if nil.
  func expect(
    _ expected: ComparedPass, within tolerance: Double, maps: Double? = nil,
    _ sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let forward = maps ?? tolerance
    #expect(
      abs(loss - expected.loss) <= forward * abs(expected.loss), sourceLocation: sourceLocation)
    #expect(self.maps.keys == expected.maps.keys, sourceLocation: sourceLocation)
    #expect(gradients.keys == expected.gradients.keys, sourceLocation: sourceLocation)
    for (stage, map) in expected.maps {
      guard let found = self.maps[stage] else { continue }
      try expectClose(found, map, within: forward, "\(stage)", sourceLocation)
    }
    for (name, gradient) in expected.gradients {
      guard let found = gradients[name] else { continue }
      #expect(found.shape == gradient.shape, "\(name)", sourceLocation: sourceLocation)
      let error = try (found - gradient).absolute().max().item()
      // After an instance norm, only rounding is left of the gradient of what it subtracts.
      let largest = try max(gradient.absolute().max().item(), 1e-5)
      #expect(
        error <= tolerance * largest, "\(name): off by \(error) of \(largest)",
        sourceLocation: sourceLocation)
    }
  }
}

extension Filling {
  /// Fills a network's tensors, and makes those of floating-point numbers `dtype`. Float64 tells another order of sums from a mistake.
  static func fill(_ tensors: [NamedTensor], in dtype: DType) throws {
    try fill(tensors)
    for entry in tensors where entry.tensor.dtype == .float32 {
      try entry.tensor.replaceStorage(entry.tensor.detached().converted(to: dtype))
    }
  }
}
