import Torch

/// The backbones a recipe can name.
public enum BackboneName: String, Sendable, CaseIterable, Codable {
  case resnet18
  case resnet34
  case resnet50
  case resnet101
  case resnet152
  case resnet18IBNA = "resnet18-ibn-a"
  case resnet34IBNA = "resnet34-ibn-a"
  case resnet50IBNA = "resnet50-ibn-a"
  case resnet101IBNA = "resnet101-ibn-a"
  case resnet18IBNB = "resnet18-ibn-b"
  case resnet34IBNB = "resnet34-ibn-b"
  case resnet50IBNB = "resnet50-ibn-b"
  case resnet101IBNB = "resnet101-ibn-b"
  case efficientNetLite0 = "efficientnet-lite0"
  case efficientNetLite1 = "efficientnet-lite1"
  case efficientNetLite2 = "efficientnet-lite2"

  /// How a backbone is built.
  private enum Architecture {
    case resNet(ResNetVariant, ResNetNorms)
    case efficientNetLite(EfficientNetLiteVariant)
  }

  private var architecture: Architecture {
    switch self {
    case .resnet18: .resNet(.resnet18, .batch)
    case .resnet34: .resNet(.resnet34, .batch)
    case .resnet50: .resNet(.resnet50, .batch)
    case .resnet101: .resNet(.resnet101, .batch)
    case .resnet152: .resNet(.resnet152, .batch)
    case .resnet18IBNA: .resNet(.resnet18, .ibnA)
    case .resnet34IBNA: .resNet(.resnet34, .ibnA)
    case .resnet50IBNA: .resNet(.resnet50, .ibnA)
    case .resnet101IBNA: .resNet(.resnet101, .ibnA)
    case .resnet18IBNB: .resNet(.resnet18, .ibnB)
    case .resnet34IBNB: .resNet(.resnet34, .ibnB)
    case .resnet50IBNB: .resNet(.resnet50, .ibnB)
    case .resnet101IBNB: .resNet(.resnet101, .ibnB)
    case .efficientNetLite0: .efficientNetLite(.lite0)
    case .efficientNetLite1: .efficientNetLite(.lite1)
    case .efficientNetLite2: .efficientNetLite(.lite2)
    }
  }

  /// A network of zeros; initialise it or load weights.
  /// - Parameter outputStride: the pixels from one place of the last map to the next: 32, or 8 for segmentation.
  /// - Throws: `BackboneError.noOutputStride` for another.
  public func make(outputStride: Int = 32) throws -> any Backbone {
    guard [8, 32].contains(outputStride) else { throw BackboneError.noOutputStride(outputStride) }
    return
      switch architecture
    {
    case .resNet(let variant, let norms):
      try ResNet(variant, norms: norms, outputStride: outputStride)
    case .efficientNetLite(let variant):
      try EfficientNetLite(variant, outputStride: outputStride)
    }
  }
}
