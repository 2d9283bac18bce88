import Imaging
import Pipelines
import Processors

extension SegmentationDataset {
  /// The number of labelled pixels of each class in all label maps, by index; reads every map, on all cores.
  /// - Throws: the error of an unreadable map under the policy `stop`.
  /// - Parameter policy: what happens to a map that cannot be read.
  public func pixelCounts(policy: FailurePolicy = .stop) throws -> [Int] {
    let reader = OrderedPipeline(
      samples.indices, workers: Processors.count, name: "pixel counts"
    ) { index in
      Result {
        var counts = [Int](repeating: 0, count: 256)
        for value in try classMap(of: index).pixels { counts[Int(value)] += 1 }
        return counts
      }
    }
    var total = [Int](repeating: 0, count: 256)
    while let result = try reader.next() {
      switch result {
      case .success(let counts): for (value, count) in counts.enumerated() { total[value] += count }
      case .failure(let error): if policy == .stop { throw error }
      }
    }
    return Array(total.prefix(classNames.count))
  }
}
