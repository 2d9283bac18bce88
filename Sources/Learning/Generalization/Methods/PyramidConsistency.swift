import Torch

/// The pyramid consistency of a stage's maps of one image in several styles (Yue et al., ICCV 2019).
///
/// Each version's map becomes a descriptor P: its means over 1×1, 2×2, 4×4, … cells, concatenated, N×(C·Σ cells²).
/// With P̄ the mean of the K+1 versions' descriptors, the loss is the mean of |P_k − P̄| over versions, images and
/// elements. It is at least 0, and 0 if all versions have the same descriptors. Gradients flow through P̄ too.
public struct PyramidConsistency: Sendable, Equatable {
  /// The cells along each side, level by level.
  public var cells: [Int]

  /// A pyramid of these levels.
  public init(cells: [Int] = [1, 2, 4]) {
    self.cells = cells
  }

  /// The loss of the N×C×H×W maps of each version, the original among them; one element.
  /// - Throws: `TorchError` if there is no map, or the maps differ in shape.
  public func callAsFunction(_ versions: [Tensor]) throws(TorchError) -> Tensor {
    var descriptors: [Tensor] = []
    for map in versions { descriptors.append(try descriptor(of: map).unsqueezed(0)) }
    let all = try Tensor.concatenated(descriptors)
    return try (all - all.mean([0], keeping: true)).absolute().mean()
  }

  /// P of an N×C×H×W map, N×(C·Σ cells²).
  func descriptor(of map: Tensor) throws(TorchError) -> Tensor {
    var levels: [Tensor] = []
    for side in cells {
      let means = try map.averagePooled(height: side, width: side)
      levels.append(try means.reshaped([map.shape[0], -1]))
    }
    return try Tensor.concatenated(levels, 1)
  }
}
