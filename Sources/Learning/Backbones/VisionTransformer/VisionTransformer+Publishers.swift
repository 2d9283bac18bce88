import Torch
import TorchNN

extension VisionTransformer {
  /// Weights as torchvision, timm, Meta (DINOv2, DeiT), OpenAI, OpenCLIP and Hugging Face publish them; for CLIP also in a file
  /// that holds the text network too.
  ///
  /// Queries, keys and values become one layer, and what only others need is left out. CLIP's projection is 0 where the file
  /// has none.
  public func translated(_ published: StateDict) throws -> StateDict {
    guard var state = PublishedKeys.all.lazy.compactMap({ $0.renamed(published) }).first else {
      return published
    }
    state["mask_token"] = nil
    state["embeddings.position_ids"] = nil
    try join(["attn.q", "attn.k", "attn.v"], to: "attn.qkv", in: &state)
    if size.usesSwiGLU {
      try join(["mlp.gate_proj", "mlp.up_proj"], to: "mlp.w12", in: &state)
      try join(["mlp.fc1"], to: "mlp.w12", in: &state)
      try join(["mlp.fc2"], to: "mlp.w3", in: &state)
    }
    if case .projection = family.output { try addProjection(from: published, to: &state) }
    try shapeTokens(in: &state)
    return state
  }

  /// Puts the outputs of several layers of each block one after the other.
  private func join(_ parts: [String], to whole: String, in state: inout StateDict) throws {
    for block in blocks.indices {
      for kind in ["weight", "bias"] {
        let keys = parts.map { "blocks.\(block).\($0).\(kind)" }
        let tensors = keys.compactMap { state[$0] }
        guard tensors.count == keys.count else { continue }
        for key in keys { state[key] = nil }
        state["blocks.\(block).\(whole).\(kind)"] = try Tensor.concatenated(tensors)
      }
    }
  }

  /// OpenAI multiplies from the other side.
  private func addProjection(from published: StateDict, to state: inout StateDict) throws {
    guard let head else { return }
    let plain = try state.removeValue(forKey: "proj")?.transposed()
    let weight = state["head.weight"] ?? plain ?? published["visual_projection.weight"]
    state["head.weight"] = try weight ?? .zeros(head.weight.tensor.shape)
    state["head.bias"] = try state["head.bias"] ?? .zeros(head.bias.tensor.shape)
  }

  /// CLIP's have fewer dimensions, and timm adds the class token's position to the token where there are registers.
  private func shapeTokens(in state: inout StateDict) throws {
    if let token = state["cls_token"] { state["cls_token"] = try token.reshaped([1, 1, -1]) }
    guard let given = state["pos_embed"], let channels = given.shape.last, channels > 0 else {
      return
    }
    var positions = try given.reshaped([1, -1, channels])
    if positions.shape[1] == self.positions.tensor.shape[1] - 1 {
      let none = try Tensor.zeros([1, 1, channels], dtype: positions.dtype)
      positions = try .concatenated([none, positions], 1)
    }
    state["pos_embed"] = positions
  }
}
