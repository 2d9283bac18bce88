import Generalization

/// `task`: what is learned.
public enum TaskName: String, Sendable, CaseIterable, Codable {
  /// A class for every image.
  case classification
  /// A class for every pixel.
  case segmentation

  /// What the labels belong to: images or pixels.
  public var labelScope: LabelScope {
    switch self {
    case .classification: .image
    case .segmentation: .pixel
    }
  }
}
