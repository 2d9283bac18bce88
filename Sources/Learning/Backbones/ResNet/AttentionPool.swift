import Torch
import TorchNN

/// CLIP's attention pooling: the mean of a map's places asks all of them, in place of a plain mean (Radford et al. 2021).
final class AttentionPool: Module {
  static let stateKeys = ["positions": "positional_embedding"]

  /// That of the mean, then those of the places, row by row: 1 + side² of C.
  let positions: Parameter
  let qProj: Linear
  let kProj: Linear
  let vProj: Linear
  /// From the pooled vector to the embedding that is compared with those of texts.
  let cProj: Linear
  private let side: Int
  private let heads: Int

  init(_ channels: Int, side: Int, heads: Int, outputs: Int) throws(TorchError) {
    positions = try Parameter([1 + side * side, channels])
    qProj = try Linear(channels, channels)
    kProj = try Linear(channels, channels)
    vProj = try Linear(channels, channels)
    cProj = try Linear(channels, outputs)
    self.side = side
    self.heads = heads
  }

  /// The pooled vector of N×C×h×w maps, before its projection: N×C. Positions come to other sizes as in timm.
  func callAsFunction(_ map: Tensor) throws(TorchError) -> Tensor {
    let shape = map.shape
    let all = try positions.tensor.unsqueezed(0)
    let own = try PositionInterpolation.antialiased(
      all.narrowed(1, 1..<all.shape[1]), side: side, height: shape[2], width: shape[3])
    let places = try map.permuted([0, 2, 3, 1])
      .reshaped([shape[0], shape[2] * shape[3], shape[1]])
    let mean = try places.mean([1], keeping: true) + all.narrowed(1, 0..<1)
    let tokens = try Tensor.concatenated([mean, places + own], 1)
    let parts = try Tensor.concatenated([qProj(tokens), kProj(tokens), vProj(tokens)], 2)
    return try parts.attended(heads: heads).selected(1, 0)
  }
}
