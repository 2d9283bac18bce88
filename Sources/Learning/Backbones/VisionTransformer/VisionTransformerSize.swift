/// The numbers of a vision transformer (Dosovitskiy et al. 2021, table 1).
public struct VisionTransformerSize: Sendable, Equatable {
  /// The channels of a token.
  public let width: Int
  /// The blocks; a stage is a quarter of them.
  public let depth: Int
  /// The heads of an attention.
  public let heads: Int
  /// The channels between the layers of a block's network.
  public let hidden: Int
  /// Whether that network is SwiGLU (Shazeer 2020) instead of two layers with GELU between them.
  public let usesSwiGLU: Bool

  /// A size.
  /// - Parameter hidden: by default four times the width.
  public init(width: Int, depth: Int, heads: Int, hidden: Int? = nil, usesSwiGLU: Bool = false) {
    self.width = width
    self.depth = depth
    self.heads = heads
    self.hidden = hidden ?? 4 * width
    self.usesSwiGLU = usesSwiGLU
  }

  /// ViT-Ti.
  public static let tiny = VisionTransformerSize(width: 192, depth: 12, heads: 3)
  /// ViT-S.
  public static let small = VisionTransformerSize(width: 384, depth: 12, heads: 6)
  /// ViT-B.
  public static let base = VisionTransformerSize(width: 768, depth: 12, heads: 12)
  /// ViT-L.
  public static let large = VisionTransformerSize(width: 1024, depth: 24, heads: 16)
  /// DINOv2's ViT-g, with SwiGLU.
  public static let giant = VisionTransformerSize(
    width: 1536, depth: 40, heads: 24, hidden: 4096, usesSwiGLU: true)
}
