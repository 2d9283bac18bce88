/// Pictures of a data set with what networks said of them and where they looked.
public struct PictureSet: Sendable {
  /// What the networks of a system said of a picture.
  public struct Verdict: Sendable, Equatable {
    /// The class that the first run took it for.
    public let className: String
    /// The probability of that class.
    public let probability: Double
    /// Whether it is the true one.
    public let isRight: Bool
    /// How many runs recognised the picture.
    public let rightRuns: Int
    /// How many judged it.
    public let runs: Int
    /// Where the first run's network looks, a map for each stage; empty where that was not asked.
    public internal(set) var attention: [AttentionMap] = []
  }

  /// A picture.
  public struct Picture: Sendable {
    /// Its name, such as its file.
    public let name: String
    /// What is on it.
    public let className: String
    /// The middle square as a WebP file, as the networks see it.
    public internal(set) var thumbnail: [UInt8] = []
    /// What each system said of it; nil where one did not judge it.
    public internal(set) var verdicts: [Verdict?]
    /// Where the frozen teacher looks, a map for each stage.
    public internal(set) var teacherAttention: [AttentionMap] = []

    /// The probability of the most confident mistake; nil where no system is wrong.
    var mistake: Double? {
      verdicts.compactMap(\.self).filter { !$0.isRight }.map(\.probability).max()
    }
  }

  /// The data set's path.
  public let dataset: String
  /// The names of the classes.
  public let classes: [String]
  /// The number of its pictures that were judged, shown or not.
  public let total: Int
  /// The most confident mistakes first, then pictures that every system recognised.
  public internal(set) var pictures: [Picture]

  /// The pictures of a data set that are shown: all if there are at most `limit`, else the most confident mistakes and, in a third
  /// of the room, evenly spaced ones that all systems recognised.
  init(_ dataset: String, classes: [String], judgedBy systems: [JudgedSystem], limit: Int) {
    let images = systems.first { !$0.images(of: dataset).isEmpty }?.images(of: dataset) ?? []
    let pictures = images.compactMap { image -> Picture? in
      guard classes.indices.contains(image.label) else { return nil }
      return Picture(
        name: image.name, className: classes[image.label],
        verdicts: systems.map { $0.verdict(on: image.name, of: dataset, classes: classes) })
    }
    let wrong = pictures.compactMap { picture in picture.mistake.map { (picture, $0) } }
      .sorted { $0.1 > $1.1 }.map(\.0)
    let right = pictures.filter { $0.mistake == nil }
    let shown = wrong.prefix(limit - min(limit / 3, right.count))
    let room = min(limit - shown.count, right.count)
    self.dataset = dataset
    self.classes = classes
    total = pictures.count
    self.pictures = shown + (0..<room).map { right[$0 * right.count / room] }
  }
}
