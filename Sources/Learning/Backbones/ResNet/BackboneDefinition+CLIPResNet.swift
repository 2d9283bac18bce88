/// The ResNets of OpenAI's CLIP.
extension BackboneDefinition {
  /// CLIP's ResNet-50.
  public static let clipResNet50 = clipResNet(50, blockCounts: [3, 4, 6, 3], outputs: 1024)
  /// CLIP's ResNet-101.
  public static let clipResNet101 = clipResNet(101, blockCounts: [3, 4, 23, 3], outputs: 512)

  private static func clipResNet(
    _ depth: Int, blockCounts: [Int], outputs: Int
  ) -> BackboneDefinition {
    let model = "resnet\(depth)_clip.openai"
    return BackboneDefinition(
      "clip-resnet-\(depth)",
      weights: .init(
        "\(model).safetensors", from: "timm",
        at:
          "https://huggingface.co/timm/\(model)/resolve/main/model.safetensors (under the name above)"
      )
    ) {
      try CLIPResNet(blockCounts: blockCounts, outputs: outputs, outputStride: $0)
    }
  }
}
