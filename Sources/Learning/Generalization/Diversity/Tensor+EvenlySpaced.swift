import Torch

extension Tensor {
  /// At most `limit` rows, evenly spaced: row ⌊k N / limit⌋ for every k, or all of them.
  public func evenlySpaced(_ limit: Int) throws(TorchError) -> Tensor {
    let places = evenlySpacedPlaces(limit, of: shape.first ?? 0)
    return try detached().gathered(0, Tensor(places.map(Int64.init)).moved(to: device))
  }
}

/// At most `limit` of the places 0 ..< `count`, evenly spaced: ⌊k count / limit⌋ for every k, or all of them.
public func evenlySpacedPlaces(_ limit: Int, of count: Int) -> [Int] {
  let kept = min(max(0, limit), count)
  return (0..<kept).map { $0 * count / kept }
}
