import Torch
import TorchNN

/// A vision transformer (Dosovitskiy et al. 2021) with the keys of DINOv2, which are timm's too; other published names are
/// translated.
///
/// A stage is a quarter of the blocks. Its map holds the patch tokens, one for each patch of pixels, after the network's last
/// norm, as DINOv2 hands over its intermediate layers; `stem` is the map of the patches before their positions are added. The
/// vector that stands for an image is the class token after the last norm. Images whose sides are no multiples of the patch
/// are resized to the nearest ones.
public final class VisionTransformer: Backbone {
  /// The published keys.
  public static let stateKeys = [
    "classToken": "cls_token",
    "positions": "pos_embed",
    "patches": "patch_embed",
    "tokenNorm": "norm_pre",
    "refinement": "rein",
  ]

  let classToken: Parameter
  let registerTokens: Parameter?
  /// The class token's, then those of the places, row by row.
  let positions: Parameter
  let patches: PatchEmbedding
  let tokenNorm: LayerNorm?
  let blocks: [TransformerBlock]
  let norm: LayerNorm
  /// The published classifier of ImageNet, or CLIP's projection.
  let head: Linear?
  /// What learnt tokens add after each block; nil where none were learnt.
  var refinement: TokenRefinement?

  /// The channels of each stage's map: those of a token.
  public let channels: [Stage: Int]
  /// The scaling of the published network.
  public let pixelScaling: PixelScaling
  /// The segments are the blocks.
  public var recomputes = false
  /// The published classifier; nil where the network was not trained to classify ImageNet.
  public var imageNetClassifier: Linear? {
    if case .imageNet = family.output { head } else { nil }
  }

  /// CLIP's projection.
  public var textProjection: Linear? {
    if case .projection = family.output { head } else { nil }
  }

  let family: VisionTransformerFamily
  let size: VisionTransformerSize
  private let patch: Int
  private let side: Int

  /// A network of zeros; initialise it or load weights.
  /// - Parameters:
  ///   - size: its numbers.
  ///   - family: whose network it is.
  ///   - patch: the side of a patch, in pixels.
  ///   - imageSize: the side of the images that the published position embeddings are for, in pixels.
  ///   - outputs: those of the classifier, by default 1 000 as in every published one, or of CLIP's projection, by default the
  ///     512 of its smaller networks.
  /// - Throws: `TorchError` unless the depth is a multiple of 4 and the heads divide the width.
  public init(
    _ size: VisionTransformerSize, family: VisionTransformerFamily, patch: Int,
    imageSize: Int = 224, outputs: Int? = nil
  ) throws(TorchError) {
    guard size.depth > 0, size.depth % 4 == 0, size.heads > 0, size.width % size.heads == 0,
      patch > 0, imageSize >= patch
    else {
      throw TorchError(
        operation: "VisionTransformer",
        message: """
          expected four stages of equal depth, heads that divide the width, and images of at least one patch; found \
          \(size.depth) blocks, \(size.heads) heads for a width of \(size.width), and patches of \(patch) pixels in \
          images of \(imageSize)
          """)
    }
    self.size = size
    self.family = family
    self.patch = patch
    side = imageSize / patch
    let width = size.width
    classToken = try Parameter([1, 1, width])
    registerTokens = family.registers > 0 ? try Parameter([1, family.registers, width]) : nil
    positions = try Parameter([1, 1 + side * side, width])
    patches = try PatchEmbedding(width, patch: patch, hasBias: !family.normalizesTokens)
    tokenNorm = family.normalizesTokens ? try LayerNorm(width, epsilon: family.epsilon) : nil
    blocks = try (0..<size.depth).map { _ throws(TorchError) in
      try TransformerBlock(size, family)
    }
    norm = try LayerNorm(width, epsilon: family.epsilon)
    head =
      switch family.output {
      case .imageNet: try Linear(width, outputs ?? 1000)
      case .projection: try Linear(width, outputs ?? 512)
      case .none: nil
      }
    channels = Stage.allCases.reduce(into: [:]) { $0[$1] = width }
    pixelScaling = family.pixelScaling
    try head?.freeze()
  }

  /// The side of a patch, at every stage.
  public func mapStride(of stage: Stage) -> Int { patch }

  /// Computes the maps of `stages` and of `layer4` for normalised N×3×H×W images.
  public func features(of images: Tensor, stages: Set<Stage>) throws -> FeatureMaps {
    let map = try patches(fitted(images))
    let (height, width) = (map.shape[2], map.shape[3])
    var kept: [Stage: Tensor] = stages.contains(.stem) ? [.stem: map] : [:]
    var x = try tokens(map)
    for (index, block) in blocks.enumerated() {
      var modules: [any Module] = [block]
      if let refinement { modules.append(refinement) }
      x = try segment(x, of: modules) { [refinement] x throws(TorchError) in
        let y = try block(x[0])
        return try refinement?(y, after: index) ?? y
      }
      if let stage = stage(endingWith: index), stage != .layer4, stages.contains(stage) {
        kept[stage] = try places(norm(x), height, width)
      }
    }
    let normalized = try norm(x)
    let last = try places(normalized, height, width)
    if stages.contains(.layer4) { kept[.layer4] = last }
    return FeatureMaps(stages: kept, last: last, summary: try normalized.selected(1, 0))
  }

  /// The embedding that CLIP compares with those of texts, or the logits of ImageNet's classes: N×outputs; nil for a network
  /// without either.
  public func outputs(of images: Tensor) throws -> Tensor? {
    try head.map { try $0(features(of: images, stages: []).pooled()) }
  }

  /// The stage whose last block this is.
  private func stage(endingWith index: Int) -> Stage? {
    Stage.allCases.dropFirst().first { $0.rawValue * size.depth / 4 == index + 1 }
  }

  /// The images at the nearest size that patches divide.
  private func fitted(_ images: Tensor) throws(TorchError) -> Tensor {
    let shape = images.shape
    guard shape.count == 4 else {
      throw TorchError(
        operation: "VisionTransformer", message: "expected images of N×3×H×W",
        operands: [images.signature])
    }
    let (height, width) = (nearest(shape[2]), nearest(shape[3]))
    if height == shape[2], width == shape[3] { return images }
    return try images.upsampledBilinear(height: height, width: width, alignCorners: false)
  }

  private func nearest(_ side: Int) -> Int {
    max(1, (side + patch / 2) / patch) * patch
  }

  /// N×C×h×w patches as tokens with their positions, after the class token and the registers: N×L×C.
  private func tokens(_ map: Tensor) throws(TorchError) -> Tensor {
    let shape = map.shape
    let all = positions.tensor
    let own = try family.interpolation(
      all.narrowed(1, 1..<all.shape[1]), side: side, height: shape[2], width: shape[3])
    let places = try map.permuted([0, 2, 3, 1])
      .reshaped([shape[0], shape[2] * shape[3], shape[1]])
    let first = try classToken.tensor + all.narrowed(1, 0..<1)
    let others = try registerTokens.map { registers throws(TorchError) in
      try Tensor.concatenated([first, registers.tensor], 1)
    }
    let placed = try places + own
    let tokens = try Tensor.concatenated(
      [(others ?? first).repeated(alongBatchOf: placed), placed], 1)
    return try tokenNorm?(tokens) ?? tokens
  }

  /// The patch tokens of N×L×C as a map of N×C×h×w, without a copy.
  private func places(_ tokens: Tensor, _ height: Int, _ width: Int) throws(TorchError) -> Tensor {
    let shape = tokens.shape
    return try tokens.narrowed(1, shape[1] - height * width..<shape[1])
      .reshaped([shape[0], height, width, shape[2]]).permuted([0, 3, 1, 2])
  }
}

extension VisionTransformer: Initializable {
  /// Normal with standard deviation 0.02, as published, and biases of zero; the norms' values are their own.
  public func initialize(using generator: Generator) throws(TorchError) {
    for case let layer as Linear in allModules() {
      try layer.weight.initializeNormal(standardDeviation: 0.02, using: generator)
      try layer.bias.initialize(to: 0)
    }
    for parameter in [classToken, positions] + (registerTokens.map { [$0] } ?? []) {
      try parameter.initializeNormal(standardDeviation: 0.02, using: generator)
    }
  }
}
