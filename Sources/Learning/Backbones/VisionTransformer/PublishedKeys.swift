import TorchNN

/// How publishers name the tensors of a vision transformer, and of CLIP's ResNets.
struct PublishedKeys: Sendable {
  /// The end of a key by which their files are known; what precedes it there precedes every key of the network.
  let mark: String
  /// Parts of their keys with those that stand for them here, applied one after the other.
  let renames: [(part: String, own: String)]

  /// Their tensors under this package's keys; nil for files of others.
  func renamed(_ published: StateDict) -> StateDict? {
    guard let marked = published.keys.sorted().first(where: isMarked) else { return nil }
    let prefix = String(marked.dropLast(mark.count))
    var result: StateDict = [:]
    for (key, tensor) in published.below(prefix) {
      result[renames.reduce(key) { $0.replacing($1.part, with: $1.own) }] = tensor
    }
    return result
  }

  private func isMarked(_ key: String) -> Bool {
    key == mark || key.hasSuffix("." + mark)
  }

  /// The publishers, each before those whose mark its files have too.
  static let all = [torchvision, huggingFaceCLIP, huggingFaceDINOv2, openAI, timm]

  /// Those of CLIP's ResNets: OpenAI's names, which are the network's own, and timm's.
  static let clipResNets = [
    PublishedKeys(mark: "attnpool.positional_embedding", renames: []),
    PublishedKeys(
      mark: "head.pos_embed",
      renames: [
        ("head.pos_embed", "attnpool.positional_embedding"), ("head.q.", "attnpool.q_proj."),
        ("head.k.", "attnpool.k_proj."), ("head.v.", "attnpool.v_proj."),
        ("head.proj.", "attnpool.c_proj."), ("stages.0.", "layer1."), ("stages.1.", "layer2."),
        ("stages.2.", "layer3."), ("stages.3.", "layer4."),
        (".shortcut.conv.conv.", ".downsample.0."), (".shortcut.conv.bn.", ".downsample.1."),
      ]
        + ["1_1x1", "2_kxk", "3_1x1"].flatMap { name in
          [
            (".conv\(name).conv.", ".conv\(name.prefix(1))."),
            (".conv\(name).bn.", ".bn\(name.prefix(1))."),
          ]
        }
        + (1...3).flatMap {
          [("stem.conv\($0).conv.", "conv\($0)."), ("stem.conv\($0).bn.", "bn\($0).")]
        }),
  ]

  private static let torchvision = PublishedKeys(
    mark: "conv_proj.weight",
    renames: [
      ("class_token", "cls_token"), ("conv_proj.", "patch_embed.proj."),
      ("encoder.pos_embedding", "pos_embed"), ("encoder.layers.encoder_layer_", "blocks."),
      ("encoder.ln.", "norm."), ("heads.head.", "head."), (".ln_1.", ".norm1."),
      (".ln_2.", ".norm2."), (".self_attention.in_proj_", ".attn.qkv."),
      (".self_attention.out_proj.", ".attn.proj."),
      // The files and the networks of torchvision name the layers differently.
      (".mlp.linear_1.", ".mlp.fc1."), (".mlp.linear_2.", ".mlp.fc2."), (".mlp.0.", ".mlp.fc1."),
      (".mlp.3.", ".mlp.fc2."),
    ])

  private static let openAI = PublishedKeys(
    mark: "class_embedding",
    renames: [
      ("class_embedding", "cls_token"), ("positional_embedding", "pos_embed"),
      ("conv1.", "patch_embed.proj."), ("ln_pre.", "norm_pre."), ("ln_post.", "norm."),
      ("transformer.resblocks.", "blocks."), (".ln_1.", ".norm1."), (".ln_2.", ".norm2."),
      (".attn.in_proj_", ".attn.qkv."), (".attn.out_proj.", ".attn.proj."),
      (".mlp.c_fc.", ".mlp.fc1."), (".mlp.c_proj.", ".mlp.fc2."),
    ])

  private static let huggingFaceCLIP = PublishedKeys(
    mark: "embeddings.class_embedding",
    renames: [
      ("embeddings.class_embedding", "cls_token"),
      ("embeddings.position_embedding.weight", "pos_embed"),
      ("embeddings.patch_embedding.", "patch_embed.proj."), ("pre_layrnorm.", "norm_pre."),
      ("post_layernorm.", "norm."), ("encoder.layers.", "blocks."),
      (".layer_norm1.", ".norm1."), (".layer_norm2.", ".norm2."),
      (".self_attn.out_proj.", ".attn.proj."), (".self_attn.q_proj.", ".attn.q."),
      (".self_attn.k_proj.", ".attn.k."), (".self_attn.v_proj.", ".attn.v."),
    ])

  private static let huggingFaceDINOv2 = PublishedKeys(
    mark: "embeddings.cls_token",
    renames: [
      ("embeddings.position_embeddings", "pos_embed"),
      ("embeddings.patch_embeddings.projection.", "patch_embed.proj."), ("embeddings.", ""),
      ("encoder.layer.", "blocks."), ("layernorm.", "norm."),
      // Files have the first form, networks of transformers since version 5 the second.
      (".attention.attention.query.", ".attn.q."), (".attention.attention.key.", ".attn.k."),
      (".attention.attention.value.", ".attn.v."), (".attention.output.dense.", ".attn.proj."),
      (".attention.q_proj.", ".attn.q."), (".attention.k_proj.", ".attn.k."),
      (".attention.v_proj.", ".attn.v."), (".attention.o_proj.", ".attn.proj."),
      (".layer_scale1.lambda1", ".ls1.gamma"), (".layer_scale2.lambda1", ".ls2.gamma"),
      (".mlp.weights_in.", ".mlp.w12."), (".mlp.weights_out.", ".mlp.w3."),
      (".mlp.down_proj.", ".mlp.w3."),
    ])

  /// DINOv2's own files too.
  private static let timm = PublishedKeys(
    mark: "cls_token", renames: [("reg_token", "register_tokens")])
}
