import Torch

/// The batches of images that this process judges, where several share them.
package enum OwnBatches {
  /// Every so-many-th batch of `places`; all where there is only this process. Batches stay whole, so that each image is judged
  /// beside the same others.
  package static func of(
    _ places: [Int], size: Int, sharedBy processes: ProcessGroup?
  ) -> [[Int]] {
    let starts = stride(from: 0, to: places.count, by: size)
    return starts.enumerated().compactMap { number, start in
      if let processes, number % processes.size != processes.rank { return nil }
      return Array(places[start..<min(start + size, places.count)])
    }
  }
}
