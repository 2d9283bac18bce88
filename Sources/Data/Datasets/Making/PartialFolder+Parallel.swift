import Files
import Foundation

extension PartialFolder {
  /// Calls `write` with each of 0 ..< `count` on all cores.
  ///
  /// - Throws: What `write` throws first; what is under way then is still finished.
  func writeInParallel(_ count: Int, _ write: @escaping @Sendable (Int) throws -> Void) throws {
    let reader = OrderedReader(
      count: count, workers: ProcessInfo.processInfo.activeProcessorCount
    ) { [system] number in
      try FileSystem.$current.withValue(system) { try write(number) }
    }
    defer { reader.stop() }
    while try reader.next() != nil {}
  }
}
