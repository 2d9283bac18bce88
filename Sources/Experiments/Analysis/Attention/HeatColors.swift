/// The colours of matplotlib's `inferno`, whose lightness rises steadily, so that they can be told apart in grey too.
enum HeatColors {
  /// Every eighth of the scale.
  private static let anchors: [[Float]] = [
    [0, 0, 4], [31, 12, 72], [85, 15, 109], [136, 34, 106], [186, 54, 85], [227, 89, 51],
    [249, 140, 10], [249, 201, 50], [252, 255, 164],
  ]

  /// Red, green and blue of a share in [0, 1].
  static func color(of share: Float) -> [UInt8] {
    let place = min(max(share.isFinite ? share : 0, 0), 1) * Float(anchors.count - 1)
    let index = min(Int(place), anchors.count - 2)
    return zip(anchors[index], anchors[index + 1]).map { low, high in
      UInt8((low + (high - low) * (place - Float(index))).rounded())
    }
  }
}
