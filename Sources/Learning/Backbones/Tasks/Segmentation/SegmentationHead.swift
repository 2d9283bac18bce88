import Torch
import TorchNN

/// Layers that turn the maps of a backbone into logits for every place.
protocol SegmentationHead: Module {
  /// The stages whose maps it sees beside the last map.
  var stages: Set<Stage> { get }

  /// Maps N×C×h×w to N×classes×h×w, with h and w of the last map or of the finest one that it sees.
  func callAsFunction(_ features: FeatureMaps, mode: NetworkMode) throws -> Tensor
}

extension SegmentationHead {
  /// By default the last map alone.
  var stages: Set<Stage> { [] }
}

/// The segmentation heads that a recipe can name (Algorithm.md §6).
public enum SegmentationHeadName: String, Sendable, CaseIterable, Codable {
  /// Atrous spatial pyramid pooling, as released with CSG.
  case aspp
  /// The sum of four dilated convolutions of the DeepLab-v2 paper.
  case deepLabV2 = "deeplab-v2"
  /// Atrous spatial pyramid pooling joined with the map of stage 1 (DeepLab-v3+).
  case deepLabV3Plus = "deeplab-v3-plus"
  /// SegFormer's: linear maps of all four stages at the finest size, joined.
  case segFormer = "segformer"
  /// One linear map of the last features.
  case linear

  /// - Parameter dropout: nil for that of the paper.
  func make(
    _ channels: [Stage: Int], width: Int, classes: Int, dropout: Double?
  ) throws(TorchError) -> any SegmentationHead {
    let inputs = channels[.layer4] ?? 0
    switch self {
    case .aspp:
      return try AtrousPyramidHead(
        inputs, width: width, classes: classes, dropout: Dropout(dropout ?? 0.5))
    case .deepLabV2: return try AtrousSumHead(inputs, classes: classes)
    case .deepLabV3Plus:
      return try RefinedPyramidHead(
        inputs, fine: channels[.layer1] ?? 0, width: width, classes: classes,
        dropout: Dropout(dropout ?? 0.5))
    case .segFormer:
      return try JoinedStagesHead(
        channels, width: width, classes: classes, dropout: Dropout(dropout ?? 0.1))
    case .linear: return try LinearHead(inputs, classes: classes)
    }
  }
}
