import Runs
import Training

/// The finished runs of a comparison as they are found or made, all on the same data.
struct FoundRuns {
  private let acceptsChangedData: Bool
  private var places: [ComparisonFolder.Run] = []
  /// Their final figures.
  private(set) var results: [RunResults] = []

  /// No runs yet.
  init(acceptsChangedData: Bool) {
    self.acceptsChangedData = acceptsChangedData
  }

  /// The folders of the runs.
  var folders: [RunFolder] { places.map(\.folder) }

  /// The names of the systems that have runs.
  var systems: Set<String> { Set(places.map(\.system)) }

  /// Whether a run is among them.
  func holds(_ run: ComparisonFolder.Run) -> Bool {
    places.contains { $0.system == run.system && $0.seed == run.seed }
  }

  /// Adds a run.
  /// - Throws: `TrainingError.dataChanged` where it was judged on other data than the runs before it: data may change during a
  ///   comparison.
  mutating func add(
    _ result: RunResults, of place: ComparisonFolder.Run
  ) throws(TrainingError) {
    if !acceptsChangedData, !results.isEmpty {
      let data = RunData(result.data, listedAt: place.folder.data)
      for (other, folder) in zip(results, folders) {
        try data.requireSame(as: other.data, of: folder.results, listing: folder.data)
      }
    }
    results.append(result)
    places.append(place)
  }

  /// The figures of a system's runs by their seeds.
  func runs(of system: String) -> [RunResults] {
    zip(places, results).filter { $0.0.system == system }.map(\.1).sorted { $0.seed < $1.seed }
  }

  /// Which images the networks of a system recognised, by seed and data set.
  func outcomes(of system: String) -> [UInt64: [String: ImageOutcomes]] {
    zip(places, results).reduce(into: [:]) { outcomes, run in
      guard run.0.system == system else { return }
      outcomes[run.0.seed] = ImageOutcomes.read(in: run.0.folder, of: run.1)
    }
  }
}
