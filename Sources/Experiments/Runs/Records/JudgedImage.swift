/// What a classifier said of one image of a data set.
public struct JudgedImage: Sendable, Equatable {
  /// The image's name, such as its file.
  public let name: String
  /// Its true class.
  public let label: Int
  /// The class that it was taken for, by the rule of the accuracy (Algorithm.md §7).
  public let prediction: Int

  /// An image with its classes.
  public init(name: String, label: Int, prediction: Int) {
    self.name = name
    self.label = label
    self.prediction = prediction
  }
}
