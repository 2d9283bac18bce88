import Datasets
import Pipelines
import Torch

/// Gives the batches of a loader as tensors on the device of a run.
///
/// On the CPU these tensors share the memory of the batches. For a CUDA device a thread takes each batch before the step
/// that uses it, copies it into page-locked memory and lets the device fetch it while it computes, so that no step waits
/// for its images.
package final class BatchFeed: Sendable {
  /// A batch with its tensors.
  package typealias Element = (batch: Batch, input: Stepper.Input)

  /// What the thread passes to its consumer; nil after the last batch.
  ///
  /// `@unchecked`, since tensors are not `Sendable`: the thread keeps no reference to what it has passed on.
  private struct Prepared: @unchecked Sendable {
    let element: Element?
  }

  private let loader: BatchLoader
  private let inputs: StepInputs
  /// One batch prepared ahead.
  private let ahead: OrderedPipeline<Prepared>?

  /// A feed of all batches of `loader`.
  /// - Parameters:
  ///   - inputs: makes the tensors of each.
  ///   - ahead: whether a thread prepares the next batch while one is used; the default is to do so for CUDA devices.
  init(_ loader: BatchLoader, _ inputs: StepInputs, ahead isAhead: Bool? = nil) {
    self.loader = loader
    self.inputs = inputs
    ahead =
      isAhead ?? (inputs.device != .cpu)
      ? OrderedPipeline(
        repeatElement((), count: .max), workers: 1, bound: 1, name: "batch feed",
        work: { Prepared(element: try Self.read(loader, inputs)) })
      : nil
  }

  /// A feed of images as they are.
  package convenience init(_ loader: BatchLoader, on device: Device, ahead isAhead: Bool? = nil) {
    self.init(loader, StepInputs(device: device), ahead: isAhead)
  }

  deinit { stop() }

  /// Ends the thread and the loader; a batch that is being prepared is dropped.
  package func stop() {
    ahead?.stop()
    loader.stop()
  }

  /// The next batch; nil after the last.
  /// - Throws: the errors of the loader, and `TorchError` where the device cannot hold the batch.
  package func next() throws -> Element? {
    guard let ahead else { return try Self.read(loader, inputs) }
    guard let element = try ahead.next()?.element else {
      ahead.stop()
      return nil
    }
    return element
  }

  private static func read(_ loader: BatchLoader, _ inputs: StepInputs) throws -> Element? {
    guard let batch = try loader.next() else { return nil }
    return (batch, try inputs(batch))
  }
}
