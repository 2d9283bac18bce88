/// Scenes of a data set with their true classes and those that networks found.
public struct SceneSet: Sendable {
  /// What the network of a system found in a scene.
  public struct Verdict: Sendable {
    /// The classes in their colours, a WebP file.
    public let classes: [UInt8]
    /// The scene in grey with the pixels of wrong classes in red, a WebP file.
    public let errors: [UInt8]
    /// The mean over the scene's classes of intersection over union.
    public let meanIoU: Double
  }

  /// A scene.
  public struct Scene: Sendable {
    /// Its name, such as its file.
    public let name: String
    /// The picture as a WebP file.
    public let picture: [UInt8]
    /// The true classes in their colours, a WebP file.
    public let truth: [UInt8]
    /// What each system found; nil where its network could not be read.
    public let verdicts: [Verdict?]

    /// The mean over the systems; by it the scenes are ordered.
    var meanIoU: Double {
      let known = verdicts.compactMap { $0?.meanIoU }
      return known.isEmpty ? 1 : known.reduce(0, +) / Double(known.count)
    }
  }

  /// The data set's path.
  public let dataset: String
  /// The number of its scenes, shown or not.
  public let total: Int
  /// The classes with the colours that stand for them, red, green and blue.
  public let legend: [(name: String, color: [UInt8])]
  /// The scenes that were judged for the report, evenly spaced over the set, the worst first.
  public let scenes: [Scene]
}
