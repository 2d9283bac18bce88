/// The published ConvNeXts by their size (Liu et al. 2022).
public struct ConvNeXtVariant: Sendable, Equatable {
  /// The channels of `layer1` … `layer4`.
  let widths: [Int]
  /// Their blocks.
  let blockCounts: [Int]

  /// A variant.
  /// - Parameters:
  ///   - widths: the channels of `layer1` … `layer4`.
  ///   - blockCounts: their blocks.
  public init(widths: [Int], blockCounts: [Int]) {
    self.widths = widths
    self.blockCounts = blockCounts
  }

  /// ConvNeXt-T.
  public static let tiny = ConvNeXtVariant(
    widths: [96, 192, 384, 768], blockCounts: [3, 3, 9, 3])
  /// ConvNeXt-S.
  public static let small = ConvNeXtVariant(
    widths: [96, 192, 384, 768], blockCounts: [3, 3, 27, 3])
  /// ConvNeXt-B.
  public static let base = ConvNeXtVariant(
    widths: [128, 256, 512, 1024], blockCounts: [3, 3, 27, 3])
}
