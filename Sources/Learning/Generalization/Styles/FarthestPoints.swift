import Torch

/// Points that are spread over a set: first the one farthest from the mean of all, then always the one farthest from those chosen.
package enum FarthestPoints {
  /// The places of `count` rows of an N×D matrix, in the order in which they are chosen; of fewer where there are fewer rows.
  package static func places(in points: Tensor, count: Int) throws(TorchError) -> [Int64] {
    let rows = try points.detached().moved(to: .cpu).converted(to: .float64)
    let size = rows.shape[0]
    func squaredDistances(to point: Tensor) throws(TorchError) -> [Double] {
      try (rows - point).power(2).sum([1]).scalars()
    }
    var distances = try squaredDistances(to: rows.mean([0]))
    var chosen: [Int64] = []
    while chosen.count < min(count, size) {
      var farthest = 0
      for place in distances.indices where distances[place] > distances[farthest] {
        farthest = place
      }
      let isFirst = chosen.isEmpty
      chosen.append(Int64(farthest))
      let found = try squaredDistances(to: rows.selected(0, farthest))
      distances = isFirst ? found : zip(distances, found).map { min($0, $1) }
    }
    return chosen
  }
}
