import Torch
import TorchNN

/// Rein (Wei et al. 2024): tokens that refine a transformer's features after each of its blocks, and nothing else of the backbone
/// is trained.
public struct TokenAdaptation: Sendable, Equatable {
  /// m, the tokens of each block.
  public var count: Int
  /// r, the rank of their matrix.
  public var rank: Int

  /// Settings; by default those of the paper.
  public init(count: Int = 100, rank: Int = 16) {
    self.count = count
    self.rank = rank
  }

  func apply(to backbone: any Backbone, using generator: Generator) throws {
    guard let transformer = backbone as? VisionTransformer else { throw BackboneError.noTokens }
    try transformer.freeze()
    // Tokens that came with the first weights learn on.
    if let known = transformer.refinement {
      for parameter in known.namedParameters() { try parameter.tensor.requireGradient() }
      return
    }
    let refinement = try TokenRefinement(
      blocks: transformer.blocks.count, count: count, rank: rank, width: transformer.size.width)
    try refinement.initialize(using: generator)
    transformer.refinement = refinement
  }
}
