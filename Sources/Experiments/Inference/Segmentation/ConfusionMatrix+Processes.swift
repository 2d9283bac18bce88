import Runs
import Torch

extension ConfusionMatrix {
  /// The sum of the matrices of all processes.
  func summed(over processes: ProcessGroup) throws -> ConfusionMatrix {
    let side = counts.count
    let totals = try processes.sums(counts.flatMap(\.self))
    return ConfusionMatrix(
      counts: (0..<side).map { Array(totals[$0 * side..<($0 + 1) * side]) })
  }
}
