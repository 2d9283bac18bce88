import Files
import Foundation
import Pipelines
import Processors

extension PartialFolder {
  /// Calls `write` with each of `items` on all cores.
  ///
  /// - Throws: The error of the first item for which `write` fails. No thread is still writing when this returns.
  func writeInParallel<Item: Sendable>(
    _ items: some Sequence<Item> & Sendable, _ write: @escaping @Sendable (Item) throws -> Void
  ) throws {
    let pipeline = OrderedPipeline(
      items, workers: Processors.count, name: "maker"
    ) { [system] item in
      try FileSystem.$current.withValue(system) { try write(item) }
    }
    // Unfinished work ends first, so that no thread writes into a folder that is removed or moved to its place.
    defer { pipeline.stopAndWait() }
    while try pipeline.next() != nil {}
  }
}
