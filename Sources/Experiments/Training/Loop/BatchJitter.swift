import Backbones
import Datasets
import Generalization
import Torch

/// Jitters the amplitudes of every view of a batch, each with draws of its own that depend on nothing but the seed, the sample,
/// its pass through the data and the view.
struct BatchJitter: Sendable {
  private let jitter: AmplitudeJitter
  private let scaling: PixelScaling
  private let seed: UInt64

  /// A jitter of images that are normalised by `scaling`.
  init(_ jitter: AmplitudeJitter, scaling: PixelScaling, seed: UInt64) {
    self.jitter = jitter
    self.scaling = scaling
    self.seed = seed
  }

  /// The tensors of a step with other amplitudes; `batch` is where they come from.
  func callAsFunction(_ input: Stepper.Input, of batch: Batch) throws -> Stepper.Input {
    Stepper.Input(
      query: try view(0, input.query, batch), key: try input.key.map { try view(1, $0, batch) },
      styled: try input.styled.enumerated().map { try view(2 + $0.offset, $0.element, batch) },
      labels: input.labels, domains: input.domains)
  }

  private func view(_ number: Int, _ images: Tensor, _ batch: Batch) throws -> Tensor {
    let noise = try zip(batch.indices, batch.passes).map { sample, pass in
      var draws = AddressedGenerator(
        seed: seed, for: .amplitudes(view: number, sample: sample, epoch: pass))
      return try Tensor.normal(
        [1] + images.shape.dropFirst(), generator: Generator(seed: draws.next()))
    }
    let mean = try spread(scaling.mean, images)
    let deviation = try spread(scaling.standardDeviation, images)
    let plain = try images * deviation + mean
    let jittered = try jitter(
      plain, noise: Tensor.concatenated(noise).moved(to: images.device))
    return try (jittered - mean) / deviation
  }

  private func spread(_ values: [Float], _ images: Tensor) throws -> Tensor {
    try Tensor(values, shape: [1, values.count, 1, 1]).moved(to: images.device)
  }
}
