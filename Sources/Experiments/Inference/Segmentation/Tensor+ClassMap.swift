import Torch

extension Tensor {
  /// How many rows of a class map are computed at a time: the logits of all classes for one band are small beside the image.
  private static let bandRows = 64

  /// The most likely class of every pixel, H×W int64, from coarse logits of 1×classes×h×w.
  ///
  /// The result is the same as scaling the logits up to `height`×`width` with corners aligned and taking the largest. It is
  /// computed band by band, so that the logits of all pixels are never in memory together.
  /// - Parameter see: is shown the logits of each band, 1×classes×rows×width, with its rows.
  package func classMap(
    height: Int, width: Int, seeing see: ((Tensor, Range<Int>) throws -> Void)? = nil
  ) throws -> Tensor {
    let rows = shape[2]
    let step = height > 1 ? Double(rows - 1) / Double(height - 1) : 0
    var bands: [Tensor] = []
    for start in stride(from: 0, to: height, by: Self.bandRows) {
      let band = start..<Swift.min(start + Self.bandRows, height)
      let positions = band.map { Double($0) * step }
      let upper = positions.map { Swift.min(Int($0), rows - 1) }
      let lower = upper.map { Swift.min($0 + 1, rows - 1) }
      let shares = zip(positions, upper).map { Float($0 - Double($1)) }
      let weight = try Tensor(shares, shape: [band.count, 1]).moved(to: device)
      let above = try gathered(2, Tensor(upper.map(Int64.init)).moved(to: device))
      let below = try gathered(2, Tensor(lower.map(Int64.init)).moved(to: device))
      let mixed = try above + (below - above) * weight
      let wide = try mixed.upsampledBilinear(
        height: band.count, width: width, alignCorners: true)
      try see?(wide, band)
      bands.append(try wide.argmax(1).squeezed(0))
    }
    return try Tensor.concatenated(bands, 0)
  }
}
