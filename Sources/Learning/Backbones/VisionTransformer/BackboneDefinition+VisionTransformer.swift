/// The published vision transformers, by the scheme FAMILY-SIZE-PATCH, with the training or the variant after it.
extension BackboneDefinition {
  /// All of them, in the order in which they are listed.
  public static let visionTransformers: [BackboneDefinition] =
    torchvision + augreg + deit + dinov2 + clip

  private static let torchvision = [
    torchvision("vit-base-16", .base, 16, "vit_b_16-c867db91.pth"),
    torchvision("vit-base-32", .base, 32, "vit_b_32-d86f8d99.pth"),
    torchvision("vit-large-16", .large, 16, "vit_l_16-852ce7e3.pth"),
    torchvision("vit-large-32", .large, 32, "vit_l_32-c7638314.pth"),
    torchvision("vit-base-16-swag", .base, 16, imageSize: 384, "vit_b_16_swag-9ac1b537.pth"),
    torchvision("vit-large-16-swag", .large, 16, imageSize: 512, "vit_l_16_swag-4f3808c9.pth"),
  ]

  private static let augreg = [
    ("tiny", VisionTransformerSize.tiny), ("small", .small), ("base", .base), ("large", .large),
  ].map { name, size in
    timm(
      "vit-\(name)-16-augreg", size, .augreg, patch: 16,
      "vit_\(name)_patch16_224.augreg_in21k_ft_in1k")
  }

  private static let deit = [
    ("tiny", VisionTransformerSize.tiny, "a1311bcf"), ("small", .small, "cd65a155"),
    ("base", .base, "b5f2ef4d"),
  ].map { name, size, hash in
    let file = "deit_\(name)_patch16_224-\(hash).pth"
    return definition(
      "deit-\(name)-16", size, .deit, patch: 16,
      .init(file, from: "Meta", at: "https://dl.fbaipublicfiles.com/deit/\(file)"))
  }

  private static let dinov2 = [false, true].flatMap { hasRegisters in
    [
      ("small", VisionTransformerSize.small), ("base", .base), ("large", .large),
      ("giant", .giant),
    ].map { name, size in
      let network = "dinov2_vit\(name.prefix(1))14"
      let file = "\(network)\(hasRegisters ? "_reg4" : "")_pretrain.pth"
      return definition(
        "dinov2-\(name)-14\(hasRegisters ? "-registers" : "")", size,
        hasRegisters ? .dinov2Registers : .dinov2, patch: 14, imageSize: 518,
        .init(file, from: "Meta", at: "https://dl.fbaipublicfiles.com/dinov2/\(network)/\(file)"))
    }
  }

  private static let clip = [
    timm("clip-vit-base-32", .base, .clip, patch: 32, "vit_base_patch32_clip_224.openai"),
    timm("clip-vit-base-16", .base, .clip, patch: 16, "vit_base_patch16_clip_224.openai"),
    timm(
      "clip-vit-large-14", .large, .clip, patch: 14, outputs: 768,
      "vit_large_patch14_clip_224.openai"),
    timm(
      "clip-vit-large-14-336", .large, .clip, patch: 14, imageSize: 336, outputs: 768,
      "vit_large_patch14_clip_336.openai"),
  ]

  private static func torchvision(
    _ name: String, _ size: VisionTransformerSize, _ patch: Int, imageSize: Int = 224,
    _ file: String
  ) -> BackboneDefinition {
    definition(
      name, size, .torchvision, patch: patch, imageSize: imageSize,
      .init(file, from: "torchvision", at: "https://download.pytorch.org/models/\(file)"))
  }

  private static func timm(
    _ name: String, _ size: VisionTransformerSize, _ family: VisionTransformerFamily, patch: Int,
    imageSize: Int = 224, outputs: Int? = nil, _ model: String
  ) -> BackboneDefinition {
    definition(
      name, size, family, patch: patch, imageSize: imageSize, outputs: outputs,
      .init(
        "\(model).safetensors", from: "timm",
        at:
          "https://huggingface.co/timm/\(model)/resolve/main/model.safetensors (under the name above)"
      ))
  }

  private static func definition(
    _ name: String, _ size: VisionTransformerSize, _ family: VisionTransformerFamily, patch: Int,
    imageSize: Int = 224, outputs: Int? = nil, _ weights: PublishedWeights
  ) -> BackboneDefinition {
    // Patches decide the places of a map, whatever the task.
    BackboneDefinition(name, weights: weights) { _ in
      try VisionTransformer(
        size, family: family, patch: patch, imageSize: imageSize, outputs: outputs)
    }
  }
}
