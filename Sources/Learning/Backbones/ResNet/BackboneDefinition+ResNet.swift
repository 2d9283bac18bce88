/// The published ResNets: those of torchvision and those of IBN-Net (Pan et al. 2018).
extension BackboneDefinition {
  /// ResNet-18.
  public static let resnet18 = resNet("resnet18", .resnet18, "resnet18-f37072fd.pth")
  /// ResNet-34.
  public static let resnet34 = resNet("resnet34", .resnet34, "resnet34-b627a593.pth")
  /// ResNet-50.
  public static let resnet50 = resNet("resnet50", .resnet50, "resnet50-0676ba61.pth")
  /// ResNet-101.
  public static let resnet101 = resNet("resnet101", .resnet101, "resnet101-63fe2227.pth")
  /// ResNet-152.
  public static let resnet152 = resNet("resnet152", .resnet152, "resnet152-394f9c45.pth")
  /// ResNet-18 with the norms of IBN-a.
  public static let resnet18IBNA = resNet(
    "resnet18-ibn-a", .resnet18, norms: .ibnA, "resnet18_ibn_a-2f571257.pth")
  /// ResNet-34 with the norms of IBN-a.
  public static let resnet34IBNA = resNet(
    "resnet34-ibn-a", .resnet34, norms: .ibnA, "resnet34_ibn_a-94bc1577.pth")
  /// ResNet-50 with the norms of IBN-a.
  public static let resnet50IBNA = resNet(
    "resnet50-ibn-a", .resnet50, norms: .ibnA, "resnet50_ibn_a-d9d0bb7b.pth")
  /// ResNet-101 with the norms of IBN-a.
  public static let resnet101IBNA = resNet(
    "resnet101-ibn-a", .resnet101, norms: .ibnA, "resnet101_ibn_a-59ea0ac6.pth")
  /// ResNet-18 with the norms of IBN-b.
  public static let resnet18IBNB = resNet(
    "resnet18-ibn-b", .resnet18, norms: .ibnB, "resnet18_ibn_b-bc2f3c11.pth")
  /// ResNet-34 with the norms of IBN-b.
  public static let resnet34IBNB = resNet(
    "resnet34-ibn-b", .resnet34, norms: .ibnB, "resnet34_ibn_b-04134c37.pth")
  /// ResNet-50 with the norms of IBN-b.
  public static let resnet50IBNB = resNet(
    "resnet50-ibn-b", .resnet50, norms: .ibnB, "resnet50_ibn_b-9ca61e85.pth")
  /// ResNet-101 with the norms of IBN-b.
  public static let resnet101IBNB = resNet(
    "resnet101-ibn-b", .resnet101, norms: .ibnB, "resnet101_ibn_b-c55f6dba.pth")

  private static func resNet(
    _ name: String, _ variant: ResNetVariant, norms: ResNetNorms = .batch, _ file: String
  ) -> BackboneDefinition {
    let source =
      norms == .batch
      ? "torchvision, ResNet\(variant.rawValue.dropFirst("resnet".count))_Weights.IMAGENET1K_V1"
      : "the releases of IBN-Net (github.com/XingangPan/IBN-Net)"
    let folder =
      norms == .batch
      ? "https://download.pytorch.org/models"
      : "https://github.com/XingangPan/IBN-Net/releases/download/v1.0"
    return BackboneDefinition(
      name, weights: .init(file, from: source, at: "\(folder)/\(file)")
    ) {
      try ResNet(variant, norms: norms, outputStride: $0)
    }
  }
}
