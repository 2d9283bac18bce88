import Datasets
import Torch

/// Makes the tensors of a step from a batch.
struct StepInputs: Sendable {
  /// Where they are to lie.
  let device: Device
  /// What is done to the amplitudes of the images; nil for nothing.
  var jitter: BatchJitter?
  /// The domain of each training image; nil where there is one.
  var domains: [Int]?

  /// The tensors of `batch`; on the CPU those of images that nothing is done to share its memory.
  func callAsFunction(_ batch: Batch) throws -> Stepper.Input {
    let plain = try batch.stepInput(on: device)
    var input = try jitter?(plain, of: batch) ?? plain
    input.domains = try domains.map { domains in
      try Tensor(batch.indices.map { Int64(domains[$0]) }).moved(to: device)
    }
    return input
  }
}

extension Experiment {
  /// Makes the tensors of its steps.
  var inputs: StepInputs {
    StepInputs(
      device: device,
      jitter: randomization.amplitudes.map {
        BatchJitter($0, scaling: network.backbone.pixelScaling, seed: seed)
      }, domains: task.sampleDomains)
  }
}
