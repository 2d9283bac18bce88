import Backbones
import Runs
import Torch

/// Takes the steps of a run together with other processes, each of which computes a share of every batch.
///
/// The sum over the shares is the whole batch: losses are weighted by what each share is of it, gradients are summed, keys
/// are gathered, and every process takes the same step.
public final class SharedSteps {
  /// What this process computes of a step.
  struct Share {
    /// Its images.
    let batch: BatchShare
    /// The number of images of each process.
    let counts: [Int]
    /// What makes the mean over this share's labels, weighted by its images, its part of the mean over all labels.
    let labelFactor: Double
    /// Whether a process was asked to stop before this step; the same answer in each.
    let isStopping: Bool
  }

  private let group: ProcessGroup
  private let parameters: [Tensor]
  /// Made at the first step: what a method does before is nothing to the others.
  private var reducer: GradientReducer?

  /// Steps that all processes of `group` take with the same parameters.
  public init(of parameters: [Tensor], with group: ProcessGroup) {
    self.group = group
    self.parameters = parameters
  }

  /// This process's share of a step whose batches are the inputs of all processes, in the order of their ranks: all that they
  /// tell each other before it, in one message.
  /// - Parameter isStopping: whether this process was asked to stop.
  func share(
    of input: Stepper.Input, for network: any TaskNetwork, isStopping: Bool = false
  ) throws -> Share {
    let ownWeight = try network.labelWeight(of: input.labels)
    let all = try numbers([Double(input.query.shape[0]), ownWeight, isStopping ? 1 : 0])
    let counts = all.map { Int($0[0]) }
    let weight = all.reduce(0) { $0 + $1[1] }
    let first = counts[..<group.rank].reduce(0, +)
    let batch = BatchShare(
      first..<first + counts[group.rank], of: counts.reduce(0, +), in: group)
    return Share(
      batch: batch, counts: counts,
      labelFactor: weight > 0 ? ownWeight / weight / batch.part : 1,
      isStopping: all.contains { $0[2] > 0 })
  }

  /// Leaves the gradient of the whole batch's loss with the parameters.
  /// - Parameter loss: the loss of this process's share.
  func backward(_ loss: Tensor, _ share: Share) throws {
    let reducer = try self.reducer ?? GradientReducer(of: parameters, over: group)
    self.reducer = reducer
    // The reducer divides the sum by the number of processes.
    try reducer.backward(loss * (share.batch.part * Double(group.size)))
  }

  /// The losses of the whole batch, and the ranks whose losses are not finite.
  func losses(of tensors: StepTensors, _ share: Share) throws -> (StepLosses, ranks: [Int]) {
    let all = try numbers(tensors.numbers())
    var means = [Double](repeating: 0, count: all[0].count)
    for (values, count) in zip(all, share.counts) {
      for (place, value) in values.enumerated() {
        means[place] += value * Double(count) / Double(share.batch.total)
      }
    }
    return (tensors.losses(of: means), all.indices.filter { !all[$0][0].isFinite })
  }

  /// The rows that a method keeps, of all images.
  func gathered(_ kept: [Tensor], _ share: Share) throws -> [Tensor] {
    try kept.map { own in
      let images = share.batch.images.count
      let rest = own.shape.dropFirst()
      let byImage = try own.reshaped([-1, images] + rest).transposed()
      return try group.allGatherRows(byImage, counts: share.counts)
        .transposed().reshaped([-1] + rest)
    }
  }

  /// Finds out whether an error of libtorch comes from the loss of another process.
  func explaining<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as TorchError {
      throw group.explained(error) ?? error
    }
  }

  /// As many numbers of each process, by rank.
  private func numbers(_ own: [Double]) throws -> [[Double]] {
    let all: [Double] = try group.allGather(Tensor(own)).scalars()
    return (0..<group.size).map { Array(all[$0 * own.count..<($0 + 1) * own.count]) }
  }
}
