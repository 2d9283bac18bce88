/// A question that a backbone cannot answer.
public enum BackboneError: Error, Equatable, CustomStringConvertible {
  /// The pass was not asked for the map of this stage.
  case noMap(Stage)
  /// A backbone that cannot keep the resolution that segmentation wants.
  case noOutputStride(backbone: String, Int)
  /// Published weights that are not on this machine.
  case weightsNotFound(backbone: String, file: String, searched: [String])

  /// What, where, and what to do.
  public var description: String {
    switch self {
    case .noMap(let stage):
      "the forward pass kept no feature map of \(stage); ask for it with the stages of the pass"
    case .noOutputStride(let backbone, let stride):
      "\(backbone) has no output stride of \(stride), which segmentation wants; choose a ResNet as model.backbone"
    case .weightsNotFound(let backbone, let file, let searched):
      "no ImageNet weights of \(backbone): expected the file \(file) in one of "
        + searched.joined(separator: ", ")
        + "; give its path as model.weights, or name its folder in SYN2REAL_WEIGHTS"
    }
  }
}
