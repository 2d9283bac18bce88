import Runs
import Torch

/// Records the passes of a training step after a few plain steps, and replays them from then on.
///
/// A step of ResNet-101 launches thousands of short kernels on a CUDA device, and launching many of them takes longer than
/// running them; a recorded step launches all of them at once. What changes from step to step stays outside: learning rate,
/// momentum, queue. The first replay is compared with the same step without recording. If they do not agree, or recording
/// fails, all further steps run without recording.
public final class StepRecorder {
  /// Records work and returns its results, which every replay overwrites.
  public typealias Record = (
    _ work: @escaping () throws -> [Tensor]
  ) throws -> (results: [Tensor], replay: () throws -> Void)

  /// Computes the results of a step for its input, and leaves the gradients with the parameters.
  typealias Passes = (Stepper.Input) throws -> StepTensors

  private enum State {
    /// This many plain steps are still to come, in which libraries choose their kernels.
    case settling(Int)
    case recorded(RecordedPasses)
    case plain
  }

  private let record: Record
  private var state = State.settling(3)
  /// Why steps are not recorded; nil if they are or will be.
  public private(set) var failure: String?

  /// A recorder that records with the given function.
  public init(_ record: @escaping Record) {
    self.record = record
  }

  /// A recorder that uses CUDA graphs on `device`.
  public convenience init(on device: Device) {
    self.init { work in
      let graph = try CUDAGraph(on: device, work)
      return (graph.results, { try graph.replay() })
    }
  }

  /// The results of `passes` for `input`, recorded or not.
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
      // Kernels that add in no fixed order stay within this distance in bfloat16; an incomplete recording does not.
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
