/// The ConvNeXts of torchvision.
extension BackboneDefinition {
  /// ConvNeXt-T.
  public static let convNeXtTiny = convNeXt("tiny", .tiny, hash: "983f1562")
  /// ConvNeXt-S.
  public static let convNeXtSmall = convNeXt("small", .small, hash: "0c510722")
  /// ConvNeXt-B.
  public static let convNeXtBase = convNeXt("base", .base, hash: "6075fbad")

  private static func convNeXt(
    _ size: String, _ variant: ConvNeXtVariant, hash: String
  ) -> BackboneDefinition {
    let file = "convnext_\(size)-\(hash).pth"
    return BackboneDefinition(
      "convnext-\(size)",
      weights: .init(
        file, from: "torchvision", at: "https://download.pytorch.org/models/\(file)")
    ) {
      try ConvNeXt(variant, outputStride: $0)
    }
  }
}
