import Torch
import TorchNN

extension Backbone {
  /// Loads the state of a backbone that may be adapted: parts of low rank become part of the weights, unless this backbone has
  /// such parts itself, and learnt tokens are taken over.
  /// - Parameter optional: says for which keys a tensor may be missing or have another shape.
  /// - Throws: `StateDictMismatch` naming all keys that do not fit.
  public func loadAdapted(
    _ state: StateDict, optional: (String) -> Bool = { _ in false }
  ) throws {
    try (self as? VisionTransformer)?.takeTokens(of: state)
    try load(
      stateDict().hasAdapters ? state : state.mergingAdapters(), optional: optional)
  }

  /// Its state without learnt tokens that change nothing so far.
  public func effectiveState() throws -> StateDict {
    guard let refinement = (self as? VisionTransformer)?.refinement, try refinement.isIdle() else {
      return stateDict()
    }
    return stateDict().filter { !$0.key.hasPrefix(VisionTransformer.refinementPrefix) }
  }
}

extension Backbone {
  /// Whether some of what is trained was added beside its own weights: changes of low rank, or learnt tokens.
  public var trainsAddedWeights: Bool {
    let trained = StateDict(namedParameters().filter(\.tensor.requiresGradient))
    return trained.hasAdapters
      || trained.keys.contains { $0.hasPrefix(VisionTransformer.refinementPrefix) }
  }
}

extension VisionTransformer {
  /// What the keys of learnt tokens begin with.
  static let refinementPrefix = "rein."

  /// Makes room for the learnt tokens of a state, where it has any and this network has none.
  ///
  /// Tokens of a shape that no refinement has get none: their keys are then among those that do not fit.
  fileprivate func takeTokens(of state: StateDict) throws {
    guard refinement == nil, let first = state[Self.refinementPrefix + "tokens.0.a"],
      first.shape.count == 2, first.shape[0] >= TokenRefinement.leastCount, first.shape[1] >= 1
    else { return }
    refinement = try TokenRefinement(
      blocks: blocks.count, count: first.shape[0], rank: first.shape[1], width: size.width)
  }
}
