/// A question that a backbone cannot answer.
public enum BackboneError: Error, Equatable, CustomStringConvertible {
  /// The pass was not asked for the map of this stage.
  case noMap(Stage)
  /// An output stride that no backbone has.
  case noOutputStride(Int)
  /// Published weights that are not on this machine.
  case weightsNotFound(backbone: String, file: String, searched: [String])
  /// A backbone that nobody publishes weights of.
  case noPublishedWeights(backbone: String)

  /// What, where, and what to do.
  public var description: String {
    switch self {
    case .noMap(let stage):
      "the forward pass kept no feature map of \(stage); ask for it with the stages of the pass"
    case .noOutputStride(let stride):
      "no backbone has an output stride of \(stride); choose 32, or 8 for segmentation"
    case .weightsNotFound(let backbone, let file, let searched):
      "no ImageNet weights of \(backbone): expected the file \(file) in one of "
        + searched.joined(separator: ", ")
        + "; give its path as model.weights, or name its folder in SYN2REAL_WEIGHTS"
    case .noPublishedWeights(let backbone):
      "no ImageNet weights of \(backbone) are published; give a file as model.weights, or 'random'"
    }
  }
}
