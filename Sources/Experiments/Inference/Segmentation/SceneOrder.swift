import Datasets
import Runs
import Torch

/// The scenes that several processes have judged, each of them some, in the order of their data set.
struct SceneOrder {
  private let processes: ProcessGroup
  /// The place in the data set of every gathered scene, as the processes follow each other.
  private let places: [Int64]
  /// Which of the gathered scenes is the first of the data set, the second, and so on.
  private let order: [Int]

  /// Gathers the places of all scenes; every process gives those that it has judged.
  init(of judged: [Int64], sharedBy processes: ProcessGroup) throws {
    self.processes = processes
    let places: [Int64] = try processes.allGatherRows(Tensor(judged)).scalars()
    self.places = places
    order = places.indices.sorted { places[$0] < places[$1] }
  }

  /// The features of all scenes, each 1×width.
  func gathered(_ features: [Tensor], width: Int) throws -> [Tensor] {
    let rows =
      features.isEmpty
      ? try Tensor.zeros([0, width])
      : try Tensor.concatenated(features).converted(to: .float32)
    let all = try processes.allGatherRows(rows)
    return try order.map { try all.narrowed(0, $0..<$0 + 1) }
  }

  /// How the pixels of all scenes were judged.
  func gathered(_ scenes: [JudgedScene], of dataset: SegmentationDataset) throws -> [JudgedScene] {
    let side = dataset.classNames.count
    let counts = scenes.flatMap { $0.confusion.counts.flatMap { $0.map(Int64.init) } }
    let rows = try Tensor(counts, shape: [scenes.count, side * side])
    let all: [Int64] = try processes.allGatherRows(rows).scalars()
    return order.map { row in
      let own = all[row * side * side..<(row + 1) * side * side].map(Int.init)
      let confusion = ConfusionMatrix(
        counts: (0..<side).map { Array(own[$0 * side..<($0 + 1) * side]) })
      return JudgedScene(
        name: dataset.samples[Int(places[row])].image, confusion: confusion)
    }
  }
}
