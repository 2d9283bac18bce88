import Datasets
import Foundation
import Torch

/// Hands over a loader's batches as tensors on the device of a run.
///
/// On the CPU these are the batches' own memory. For a CUDA device a thread takes each batch ahead of the step that uses
/// it, copies it into page-locked memory and lets the device fetch it while it computes, so that no step waits for its
/// images.
package final class BatchFeed: @unchecked Sendable {
  /// A batch with its tensors.
  package typealias Element = (batch: Batch, input: Stepper.Input)

  private let loader: BatchLoader
  private let device: Device
  private let isAhead: Bool

  /// Guards everything below.
  private let condition = NSCondition()
  private var ready: Result<Element?, any Error>?
  private var isStopped = false

  /// A feed of all batches of `loader`, on `device`.
  /// - Parameter ahead: whether a thread prepares the next batch while one is used; by default for CUDA devices.
  package init(_ loader: BatchLoader, on device: Device, ahead: Bool? = nil) {
    self.loader = loader
    self.device = device
    isAhead = ahead ?? (device != .cpu)
    guard isAhead else { return }
    let thread = Thread { [self] in
      while prepareNext() {}
    }
    thread.name = "batch feed"
    thread.start()
  }

  /// Ends the thread and the loader; a batch under way is dropped.
  package func stop() {
    loader.stop()
    condition.withLock {
      isStopped = true
      condition.broadcast()
    }
  }

  /// The next batch; nil after the last.
  /// - Throws: what the loader throws, and `TorchError` where the device cannot hold the batch.
  package func next() throws -> Element? {
    guard isAhead else { return try read() }
    let element = condition.withLock {
      while ready == nil, !isStopped { condition.wait() }
      defer {
        // What ends the feed stays, for whoever asks again.
        if case .success(.some) = ready {
          ready = nil
          condition.broadcast()
        }
      }
      return ready
    }
    return try element?.get()
  }

  private func read() throws -> Element? {
    guard let batch = try loader.next() else { return nil }
    return (batch, try batch.stepInput(on: device))
  }

  /// Prepares one batch and waits until it is taken; false after the last, an error, or a stop.
  private func prepareNext() -> Bool {
    let element = Result { try read() }
    return condition.withLock {
      ready = element
      condition.broadcast()
      guard case .success(.some) = element else { return false }
      while ready != nil, !isStopped { condition.wait() }
      return !isStopped
    }
  }
}
