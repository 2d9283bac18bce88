/// The smaller EfficientNet-Lites, by their compound scaling.
///
/// Lite differs from EfficientNet (Tan & Le 2019) in three points: ReLU6 instead of swish, no
/// squeeze-and-excitation, and a fixed width of stem and head.
public enum EfficientNetLiteVariant: String, Sendable, CaseIterable {
  case lite0 = "efficientnet-lite0"
  case lite1 = "efficientnet-lite1"
  case lite2 = "efficientnet-lite2"

  /// The factor on channels.
  var width: Double {
    switch self {
    case .lite0, .lite1: 1
    case .lite2: 1.1
    }
  }

  /// The factor on the number of blocks.
  var depth: Double {
    switch self {
    case .lite0: 1
    case .lite1: 1.1
    case .lite2: 1.2
    }
  }

  /// The blocks of the network, in order.
  func blocks() -> [MBConvBlock.Shape] {
    var shapes: [MBConvBlock.Shape] = []
    var inputs = 32
    let groups = MBConvBlock.Group.efficientNet
    for (index, group) in groups.enumerated() {
      let outputs = scaledChannels(group.outputs)
      // Lite repeats its first and last group only as often as the smallest network does.
      let isFixed = index == 0 || index == groups.count - 1
      let repeats = isFixed ? group.repeats : Int((Double(group.repeats) * depth).rounded(.up))
      for block in 0..<repeats {
        shapes.append(
          MBConvBlock.Shape(
            inputs: inputs, outputs: outputs, expansion: group.expansion, kernel: group.kernel,
            stride: block == 0 ? group.stride : 1))
        inputs = outputs
      }
    }
    return shapes
  }

  /// Scaled, and rounded to a multiple of 8 without losing more than a tenth.
  private func scaledChannels(_ channels: Int) -> Int {
    let scaled = Double(channels) * width
    let rounded = max(8, Int(scaled + 4) / 8 * 8)
    return Double(rounded) < 0.9 * scaled ? rounded + 8 : rounded
  }
}
