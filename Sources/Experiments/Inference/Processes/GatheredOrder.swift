import Torch

/// The images that several processes have judged, each of them some, in the order of their data set.
package struct GatheredOrder {
  /// The places of the images in the data set, in their order.
  package let places: [Int]
  private let processes: ProcessGroup
  /// The rows of these images, as the processes follow each other.
  private let rows: Tensor

  /// Gathers the places of all images; every process gives those that it has judged.
  package init(of judged: [Int], sharedBy processes: ProcessGroup) throws {
    let found: [Int64] = try processes.allGatherRows(Tensor(judged.map(Int64.init))).scalars()
    let order = found.indices.sorted { found[$0] < found[$1] }
    places = order.map { Int(found[$0]) }
    rows = try Tensor(order.map(Int64.init))
    self.processes = processes
  }

  /// One row for each image of all processes, of which `own` has those of this one.
  package func gathered(_ own: Tensor) throws -> Tensor {
    // A process that has judged none has its empty rows on the CPU.
    try processes.allGatherRows(own.moved(to: processes.device))
      .gathered(0, rows.moved(to: processes.device))
  }
}
