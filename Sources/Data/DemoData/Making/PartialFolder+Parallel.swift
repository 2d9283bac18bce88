import Files
import Foundation
import Pipelines

extension PartialFolder {
  /// Calls `write` with each of `items` on all cores.
  ///
  /// - Throws: The error of the first item that `write` fails at. Nothing is being written any more when this returns.
  func writeInParallel<Item: Sendable>(
    _ items: some Sequence<Item> & Sendable, _ write: @escaping @Sendable (Item) throws -> Void
  ) throws {
    let pipeline = OrderedPipeline(
      items, workers: ProcessInfo.processInfo.activeProcessorCount, name: "maker"
    ) { [system] item in
      try FileSystem.$current.withValue(system) { try write(item) }
    }
    // What is under way ends first, so that nobody writes into a folder that is taken away or put in place.
    defer { pipeline.stopAndWait() }
    while try pipeline.next() != nil {}
  }
}
