import Backbones
import Imaging
import Torch

/// Predicts the class of every pixel of images of any size.
struct ScenePredictor {
  /// The prediction of the network for an image.
  struct Prediction {
    /// The class of every pixel, H×W int64, on the network's device.
    let classMap: Tensor
    /// The last stage's features averaged over the image, 1×C on the CPU.
    let features: Tensor
  }

  private let network: any TaskNetwork
  private let normalization: ChannelNormalization
  private let tiles: TiledPrediction?
  private let mirrors: Bool
  private let device: Device

  /// A predictor that judges as `options` say.
  init(_ network: any TaskNetwork, _ options: EvaluationOptions, device: Device) throws {
    self.network = network
    self.device = device
    normalization = try ChannelNormalization(network.backbone.pixelScaling)
    tiles = options.tile.map { TiledPrediction(tile: $0, overlap: options.overlap) }
    mirrors = options.mirrors
  }

  /// The prediction for an RGB image.
  func callAsFunction(_ image: Image) throws -> Prediction {
    let pixels = try Tensor(
      normalization(image), shape: [1, 3, image.height, image.width]
    ).moved(to: device)
    return try withoutGradients {
      var features: [Tensor] = []
      let classMap =
        if let tiles {
          try tiles.classMap(of: pixels) { piece in
            try coarseLogits(of: piece, &features).upsampledBilinear(
              height: piece.shape[2], width: piece.shape[3], alignCorners: true)
          }
        } else {
          try coarseLogits(of: pixels, &features)
            .classMap(height: image.height, width: image.width)
        }
      // All pieces have the same size: the mean of their means is that of the image, except where they overlap.
      let pooled = try Tensor.concatenated(features).mean([0], keeping: true)
      return Prediction(classMap: classMap, features: try pooled.moved(to: .cpu))
    }
  }

  /// The logits at the resolution of the feature map; with a mirror image, the mean of both.
  private func coarseLogits(of pixels: Tensor, _ features: inout [Tensor]) throws -> Tensor {
    let output = try network(pixels)
    features.append(try output.features.pooled())
    guard mirrors else { return output.logits }
    let mirrored = try network(pixels.flipped([3])).logits.flipped([3])
    return try (output.logits + mirrored) / 2
  }
}
