import Datasets

/// What is done to a training image.
public enum Augmentation: Sendable, Equatable, Codable {
  /// Resize and centre crop; one view.
  case none
  /// Classification: N operations of RandAugment of magnitude M, of 30, then a random crop; two views.
  case randAugment(operations: Int, magnitude: Double)
  /// Segmentation: image and labels are mirrored, scaled and cropped together; the key view gets colour jitter.
  case scene(SceneAugmentation)
}
