import Runs

/// The finished runs of a system with what they said of every image.
public struct JudgedSystem {
  /// Its name.
  public let name: String
  /// Its runs, the lowest seed first, those that kept no predictions last.
  private let runs: [(folder: RunFolder, results: RunResults)]
  /// What each of those that kept it said, by data set and image.
  private let predictions: [[String: [String: ImagePrediction]]]

  /// Reads what the runs in `folders` said; runs that are not finished, or kept nothing, say nothing.
  public init(name: String, folders: [RunFolder]) {
    self.name = name
    let finished = folders.compactMap { folder -> (folder: RunFolder, results: RunResults)? in
      guard let results = try? folder.finishedResults() else { return nil }
      return (folder, results)
    }.sorted { $0.results.seed < $1.results.seed }
    var judged: [(folder: RunFolder, results: RunResults)] = []
    var others: [(folder: RunFolder, results: RunResults)] = []
    var predictions: [[String: [String: ImagePrediction]]] = []
    for run in finished {
      let lines =
        run.results.isOfSegmenter
        ? [] : JSONLines<ImagePrediction>(contentsOf: run.folder.predictions).lines
      guard !lines.isEmpty else {
        others.append(run)
        continue
      }
      judged.append(run)
      predictions.append(
        lines.reduce(into: [:]) { $0[$1.value.dataset, default: [:]][$1.value.image] = $1.value })
    }
    runs = judged + others
    self.predictions = predictions
  }

  /// The folder of the first run, whose network pictures are judged by; nil without finished runs.
  public var folder: RunFolder? { runs.first?.folder }

  /// The checkpoint whose network the figures of the first run are of; nil without runs.
  var checkpoint: String? {
    runs.first.map { $0.folder.checkpoint(of: $0.results) }
  }

  /// The data sets that the first run was judged on, with the classes of their labels.
  var datasets: [(path: String, classes: [String], isOfScenes: Bool)] {
    (runs.first?.results.headlines ?? []).compactMap { record in
      record.classes.map { (record.dataset, $0, record.meanIoU != nil) }
    }
  }

  /// The images of a data set that the first run judged, with their true classes, by name.
  func images(of dataset: String) -> [(name: String, label: Int)] {
    (predictions.first?[dataset] ?? [:]).map { (name: $0.key, label: $0.value.label) }
      .sorted { $0.name < $1.name }
  }

  /// The names of the scenes of a data set that the first run judged; none where it kept nothing.
  func scenes(of dataset: String) -> Set<String> {
    guard let run = runs.first, run.results.isOfSegmenter else { return [] }
    return Set(
      JSONLines<ScenePrediction>(contentsOf: run.folder.predictions).lines.map(\.value)
        .filter { $0.dataset == dataset }.map(\.image))
  }

  /// What was said of an image; nil where the first run did not judge it.
  func verdict(on image: String, of dataset: String, classes: [String]) -> PictureSet.Verdict? {
    guard let first = predictions.first?[dataset]?[image],
      classes.indices.contains(first.prediction)
    else { return nil }
    let all = predictions.compactMap { $0[dataset]?[image] }
    return PictureSet.Verdict(
      className: classes[first.prediction], probability: first.probability,
      isRight: first.prediction == first.label,
      rightRuns: all.count { $0.prediction == $0.label }, runs: all.count)
  }
}
