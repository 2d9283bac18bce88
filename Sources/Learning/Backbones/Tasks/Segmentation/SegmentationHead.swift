import Torch
import TorchNN

/// Layers that turn the last map of a backbone into logits for every place.
protocol SegmentationHead: Module {
  /// Maps N×C×h×w to N×classes×h×w.
  func callAsFunction(_ x: Tensor, mode: NetworkMode) throws(TorchError) -> Tensor
}

/// The segmentation heads that a recipe can name (Algorithm.md §6).
public enum SegmentationHeadName: String, Sendable, CaseIterable, Codable {
  /// Atrous spatial pyramid pooling, as released with CSG.
  case aspp
  /// The sum of four dilated convolutions of the DeepLab-v2 paper.
  case deepLabV2 = "deeplab-v2"

  func make(
    _ inputs: Int, width: Int, classes: Int, dropout: Dropout
  ) throws(TorchError) -> any SegmentationHead {
    switch self {
    case .aspp: try AtrousPyramidHead(inputs, width: width, classes: classes, dropout: dropout)
    case .deepLabV2: try AtrousSumHead(inputs, classes: classes)
    }
  }
}
