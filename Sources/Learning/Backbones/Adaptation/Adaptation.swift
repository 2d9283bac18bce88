import Torch
import TorchNN

/// Which weights of a backbone are trained.
public enum Adaptation: Sendable, Equatable {
  /// All of them, except those of the published classifier.
  case full
  /// None: the head alone learns.
  case head
  /// Parts of low rank of the weights, whose rest stays as it is.
  case lowRank(LowRankAdaptation)
  /// Tokens that refine the features between the blocks, which stay as they are.
  case tokens(TokenAdaptation)

  /// Prepares a backbone that holds its first weights.
  /// - Parameter generator: draws the start of what is added.
  /// - Throws: `BackboneError.nothingToAdapt` for a backbone without the layers that are to be changed, `.noTokens` for one
  ///   without tokens to refine.
  public func apply(to backbone: any Backbone, using generator: Generator) throws {
    switch self {
    case .full: break
    case .head: try backbone.freeze()
    case .lowRank(let adaptation): try adaptation.apply(to: backbone, using: generator)
    case .tokens(let adaptation): try adaptation.apply(to: backbone, using: generator)
    }
  }
}
