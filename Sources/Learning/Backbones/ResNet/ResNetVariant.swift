/// The published ResNets by their depth (He et al. 2016, table 1).
public enum ResNetVariant: String, Sendable, CaseIterable {
  case resnet18
  case resnet34
  case resnet50
  case resnet101
  case resnet152

  /// Residual blocks in `layer1` … `layer4`.
  var blockCounts: [Int] {
    switch self {
    case .resnet18: [2, 2, 2, 2]
    case .resnet34, .resnet50: [3, 4, 6, 3]
    case .resnet101: [3, 4, 23, 3]
    case .resnet152: [3, 8, 36, 3]
    }
  }

  /// Whether the blocks are 1×1, 3×3, 1×1 instead of 3×3, 3×3.
  var usesBottlenecks: Bool {
    switch self {
    case .resnet18, .resnet34: false
    case .resnet50, .resnet101, .resnet152: true
    }
  }
}
