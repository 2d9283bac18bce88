import Backbones
import Inference

/// What must be done to a picture before an exported network sees it, for the metadata of its file.
struct ExportedPreprocessing: Encodable {
  /// `RGB`, the order of the channels.
  let channels = "RGB"
  /// `uint8 N×H×W×3` or `float32 N×3×H×W`.
  let input: String
  /// How a picture gets the size that the network was judged with; nil for segmenters that judge pictures as they are.
  let resize: String?
  /// The side of the square that the network sees, in pixels; nil for segmenters of any size.
  let imageSize: Int?
  /// What is subtracted from values in [0, 1], where this is left to the caller.
  let mean: [Float]?
  /// What the difference is divided by, where this is left to the caller.
  let standardDeviation: [Float]?

  private enum CodingKeys: String, CodingKey {
    case channels
    case input
    case resize
    case imageSize = "image_size"
    case mean
    case standardDeviation = "standard_deviation"
  }

  /// The preprocessing of a network.
  /// - Parameters:
  ///   - side: the side of the images where the graph takes one size alone.
  ///   - included: whether the graph itself scales the pixels.
  init(of description: NetworkDescription, side: Int?, scaling: PixelScaling, included: Bool) {
    input =
      included
      ? "uint8 N×H×W×3, 0 to 255" : "float32 N×3×H×W, (value / 255 − mean) / standard_deviation"
    imageSize = side
    resize =
      description.task == .classification
      ? "shorter side to image_size by antialiased bilinear resampling (Pillow's), then the middle square"
      : description.evaluation.height.map {
        "height to \($0) by antialiased bilinear resampling (Pillow's), with the same proportions"
      }
    mean = included ? nil : scaling.mean
    standardDeviation = included ? nil : scaling.standardDeviation
  }
}
