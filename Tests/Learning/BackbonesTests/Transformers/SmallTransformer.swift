import Backbones

/// The transformers of `Tests/Reference/makers/transformers.py`: eight blocks of width 16, patches of 4 pixels.
enum SmallTransformer {
  static func make(
    _ family: VisionTransformerFamily, usesSwiGLU: Bool = false
  ) throws -> VisionTransformer {
    try VisionTransformer(
      .init(
        width: 16, depth: 8, heads: 2, hidden: usesSwiGLU ? 48 : nil, usesSwiGLU: usesSwiGLU),
      family: family, patch: 4, imageSize: 16, outputs: 10)
  }
}
