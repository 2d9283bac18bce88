import Imaging

/// A picture and the class of each of its pixels.
public struct LabelledScene: Sendable, Equatable {
  /// The picture, three channels.
  public let image: Image
  /// One channel of class indices, as large as the picture; 255 where there is no class.
  public let classMap: Image
  /// What is wrong with the picture's file, if it could be decoded nevertheless.
  public let damage: String?
}
