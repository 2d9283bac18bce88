import Backbones

/// Where a backbone's first weights come from; the teacher starts from the same ones.
public enum FirstWeights: Sendable, Equatable, Codable {
  /// The published ImageNet weights, found on this machine.
  case imageNet
  /// None: a random start.
  case random
  /// A file.
  case file(String)

  /// The file of the first weights; nil for a random start.
  /// - Throws: `BackboneError.weightsNotFound`.
  public func path(for backbone: BackboneDefinition) throws(BackboneError) -> String? {
    switch self {
    case .random: nil
    case .imageNet: try backbone.publishedWeights()
    case .file(let path): path
    }
  }
}
