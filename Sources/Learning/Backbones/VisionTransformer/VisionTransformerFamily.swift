/// What the vision transformers of one publisher have in common, besides their sizes.
public struct VisionTransformerFamily: Sendable {
  /// The classifier or projection that was published with the network.
  enum Output: Sendable {
    /// The classifier of the 1 000 classes of ImageNet.
    case imageNet
    /// The projection to the embeddings that are compared with those of texts.
    case projection
    /// None.
    case none
  }

  /// How pixels are scaled.
  public let pixelScaling: PixelScaling
  /// How the position embeddings reach another size than the published one.
  let interpolation: PositionInterpolation
  var output = Output.imageNet
  /// ε of every layer norm.
  var epsilon = 1e-6
  /// The tokens that belong to no place and are not read, besides the class token (Darcet et al. 2024).
  var registers = 0
  /// Whether each branch has a factor for every channel before it is added.
  var scalesLayers = false
  /// Whether a layer norm precedes the first block; the patches then have no bias.
  var normalizesTokens = false
  /// Whether the network within a block has CLIP's approximation of GELU.
  var usesQuickGELU = false

  /// ViT of torchvision (Dosovitskiy et al. 2021).
  public static let torchvision = VisionTransformerFamily(
    pixelScaling: .imageNet, interpolation: .alignedCorners)
  /// ViT of "How to train your ViT?", as timm has it (Steiner et al. 2022).
  public static let augreg = VisionTransformerFamily(
    pixelScaling: .init(mean: [0.5, 0.5, 0.5], standardDeviation: [0.5, 0.5, 0.5]),
    interpolation: .antialiased)
  /// DeiT (Touvron et al. 2021).
  public static let deit = VisionTransformerFamily(
    pixelScaling: .imageNet, interpolation: .antialiased)
  /// DINOv2 (Oquab et al. 2024).
  public static let dinov2 = VisionTransformerFamily(
    pixelScaling: .imageNet, interpolation: .offset(0.1), output: .none, scalesLayers: true)
  /// DINOv2 with four registers (Darcet et al. 2024).
  public static let dinov2Registers = VisionTransformerFamily(
    pixelScaling: .imageNet, interpolation: .antialiased, output: .none, registers: 4,
    scalesLayers: true)
  /// The visual tower of OpenAI's CLIP (Radford et al. 2021).
  public static let clip = VisionTransformerFamily(
    pixelScaling: .clip, interpolation: .antialiased, output: .projection, epsilon: 1e-5,
    normalizesTokens: true, usesQuickGELU: true)
}
