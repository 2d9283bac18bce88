/// How the pixels of one scene were judged by a segmenter, class by class.
public struct JudgedScene: Sendable, Equatable {
  /// The image's name, such as its file.
  public let name: String
  /// How often its labelled pixels were taken for each class.
  public let confusion: ConfusionMatrix

  /// A scene with its pixels.
  public init(name: String, confusion: ConfusionMatrix) {
    self.name = name
    self.confusion = confusion
  }
}
