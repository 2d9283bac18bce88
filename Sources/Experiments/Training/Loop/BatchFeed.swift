import Datasets
import Pipelines
import Torch

/// Hands over a loader's batches as tensors on the device of a run.
///
/// On the CPU these are the batches' own memory. For a CUDA device a thread takes each batch ahead of the step that uses
/// it, copies it into page-locked memory and lets the device fetch it while it computes, so that no step waits for its
/// images.
package final class BatchFeed: Sendable {
  /// A batch with its tensors.
  package typealias Element = (batch: Batch, input: Stepper.Input)

  /// What goes from the thread to its consumer; nil after the last batch.
  ///
  /// `@unchecked`, since tensors are not `Sendable`: the thread keeps no reference to what it has handed over.
  private struct Prepared: @unchecked Sendable {
    let element: Element?
  }

  private let loader: BatchLoader
  private let device: Device
  /// One batch prepared ahead.
  private let ahead: OrderedPipeline<Prepared>?

  /// A feed of all batches of `loader`, on `device`.
  /// - Parameter ahead: whether a thread prepares the next batch while one is used; by default for CUDA devices.
  package init(_ loader: BatchLoader, on device: Device, ahead isAhead: Bool? = nil) {
    self.loader = loader
    self.device = device
    ahead =
      isAhead ?? (device != .cpu)
      ? OrderedPipeline(
        repeatElement((), count: .max), workers: 1, bound: 1, name: "batch feed",
        work: { Prepared(element: try Self.read(loader, on: device)) })
      : nil
  }

  deinit { stop() }

  /// Ends the thread and the loader; a batch under way is dropped.
  package func stop() {
    ahead?.stop()
    loader.stop()
  }

  /// The next batch; nil after the last.
  /// - Throws: what the loader throws, and `TorchError` where the device cannot hold the batch.
  package func next() throws -> Element? {
    guard let ahead else { return try Self.read(loader, on: device) }
    guard let element = try ahead.next()?.element else {
      ahead.stop()
      return nil
    }
    return element
  }

  private static func read(_ loader: BatchLoader, on device: Device) throws -> Element? {
    guard let batch = try loader.next() else { return nil }
    return (batch, try batch.stepInput(on: device))
  }
}
