import Runs
import Torch

/// Records the passes of a training step once they have settled, and replays them from then on.
///
/// A step of ResNet-101 asks a CUDA device for thousands of short pieces of work, which takes longer than many of them do;
/// recorded, they are asked for at once. What changes from step to step stays outside: learning rate, momentum, queue.
/// The first replay is held to the same step taken plainly. Where they do not agree, or nothing could be recorded, steps go
/// on plainly.
public final class StepRecorder {
  /// Records work and gives its results, which every replay writes anew.
  public typealias Record = (
    _ work: @escaping () throws -> [Tensor]
  ) throws -> (results: [Tensor], replay: () throws -> Void)

  /// Computes what a step's input gives, and leaves its gradients with the parameters.
  typealias Passes = (Stepper.Input) throws -> StepTensors

  private enum State {
    /// So many plain steps are to come, in which libraries choose their kernels.
    case settling(Int)
    case recorded(RecordedPasses)
    case plain
  }

  private let record: Record
  private var state = State.settling(3)
  /// Why steps are not recorded; nil where they are, or will be.
  public private(set) var failure: String?

  /// A recorder by whatever means.
  public init(_ record: @escaping Record) {
    self.record = record
  }

  /// A recorder by CUDA graphs of `device`.
  public convenience init(on device: Device) {
    self.init { work in
      let graph = try CUDAGraph(on: device, work)
      return (graph.results, { try graph.replay() })
    }
  }

  /// What `passes` makes of `input`, recorded or not.
  func run(
    _ input: Stepper.Input, _ parameters: [Tensor], _ passes: @escaping Passes
  ) throws -> StepTensors {
    switch state {
    case .recorded(let recorded) where recorded.suits(input):
      return try recorded(input)
    case .settling(0):
      return try recordPasses(input, parameters, passes)
    case .settling(let left):
      state = .settling(left - 1)
      return try passes(input)
    case .recorded, .plain:
      return try passes(input)
    }
  }

  private func recordPasses(
    _ input: Stepper.Input, _ parameters: [Tensor], _ passes: @escaping Passes
  ) throws -> StepTensors {
    do {
      let plain = try StepOutcome(passes(input), parameters)
      let recorded = try RecordedPasses(like: input, parameters, passes, by: record)
      let replayed = try recorded(input)
      let distance = try plain.distance(to: StepOutcome(replayed, parameters))
      // Kernels that add in no fixed order come this near in bfloat16; a recording that lacks something does not.
      guard distance <= 0.05 else {
        throw TrainingError.notReplayed(distance: distance)
      }
      state = .recorded(recorded)
      return replayed
    } catch {
      failure = "\(error)"
      state = .plain
      for parameter in parameters { try parameter.clearGradient() }
      return try passes(input)
    }
  }
}
