import Backbones
import Imaging
import Torch

/// Predicts the class of every pixel of images of any size.
package struct ScenePredictor {
  /// The prediction of the network for an image.
  package struct Prediction {
    /// The class of every pixel, H×W int64, on the network's device.
    package let classMap: Tensor
    /// The last stage's features averaged over the image, 1×C on the CPU.
    let features: Tensor
    /// The mean cross-entropy of the labelled pixels; nil where there are none, or no labels are given.
    package let loss: Double?
  }

  private let network: any TaskNetwork
  private let normalization: ChannelNormalization
  private let tiles: TiledPrediction?
  private let mirrors: Bool
  private let height: Int?
  private let device: Device

  /// A predictor that judges as `options` say.
  package init(_ network: any TaskNetwork, _ options: EvaluationOptions, device: Device) throws {
    self.network = network
    self.device = device
    normalization = try ChannelNormalization(network.backbone.pixelScaling)
    tiles = options.tile.map { TiledPrediction(tile: $0, overlap: options.overlap) }
    mirrors = options.mirrors
    height = options.height
  }

  /// The prediction for an RGB image.
  /// - Parameter labels: the image's class map, H×W int64 on the device, if its loss is asked for. Of an image that is judged
  ///   in pieces at another size, the labels are brought to that size.
  package func callAsFunction(_ image: Image, labels: Tensor? = nil) throws -> Prediction {
    let judged = try image.resized(toHeight: height)
    let pixels = try Tensor(
      normalization(judged), shape: [1, 3, judged.height, judged.width]
    ).moved(to: device)
    return try withoutGradients {
      var features: [Tensor] = []
      let judgedLabels =
        try tiles == nil ? labels : labels?.nearest(height: judged.height, width: judged.width)
      let losses = judgedLabels.map(SceneLoss.init)
      let classMap =
        if let tiles {
          try tiles.classMap(of: pixels, seeing: losses?.see) { piece in
            try coarseLogits(of: piece, &features).upsampledBilinear(
              height: piece.shape[2], width: piece.shape[3], alignCorners: true)
          }.nearest(height: image.height, width: image.width)
        } else {
          try coarseLogits(of: pixels, &features)
            .classMap(height: image.height, width: image.width, seeing: losses?.see)
        }
      // All pieces have the same size: the mean of their means is that of the image, except where they overlap.
      let pooled = try Tensor.concatenated(features).mean([0], keeping: true)
      return Prediction(
        classMap: classMap, features: try pooled.moved(to: .cpu), loss: try losses?.mean())
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

extension Image {
  /// The image at another height with the same proportions; itself for none.
  package func resized(toHeight newHeight: Int?) throws(ImageError) -> Image {
    guard let newHeight, newHeight != height else { return self }
    let newWidth = (Double(width) * Double(newHeight) / Double(height)).rounded()
    return try resized(width: max(1, Int(newWidth)), height: newHeight)
  }
}

extension Tensor {
  /// A class map, H×W, at another size: each place has the class of the nearest one.
  fileprivate func nearest(height: Int, width: Int) throws(TorchError) -> Tensor {
    if shape == [height, width] { return self }
    func places(_ count: Int, _ size: Int) throws(TorchError) -> Tensor {
      try Tensor((0..<count).map { Int64((2 * $0 + 1) * size / (2 * count)) }).moved(to: device)
    }
    return try gathered(0, places(height, shape[0])).gathered(1, places(width, shape[1]))
  }
}
