import Reporting

/// Small figures.
enum SampleFigures {
  /// Networks a and b, or a alone, on sets of grids of 3 × 3 nodes with these peaks in the middle.
  static func hypersphere(peaks: [Double]) -> HypersphereFigure {
    let networks = peaks.count > 1 ? ["a", "b"] : ["a"]
    let sets = ["drawings", "photographs"].prefix(peaks.count / networks.count)
    return HypersphereFigure(
      networks: networks, sets: Array(sets),
      panels: sets.indices.map { row in
        networks.indices.map { column in
          let peak = peaks[row * networks.count + column]
          return .init(
            title: "HSE 0 = \(peak)", points: [.init(x: 1, y: 0)],
            density: [0, 0, 0, 0, peak, 0, 1, 0, 0], angularDensity: [0, peak / 2, 0])
        }
      }, reach: 1.5, caption: "What is shown, in some more words than one line of a narrow figure.")
  }

  /// Two panels, two sets.
  static func scatter(
    groups: [String] = ["cat", "dog"], network: String = "vanilla"
  ) -> ScatterFigure {
    let points: [ScatterFigure.Point] = [
      .init(.init(x: 0, y: 1), group: 0, set: 0), .init(.init(x: 2, y: 0), group: 1, set: 1),
      .init(.init(x: 1, y: 3), group: 1, set: 0),
    ]
    return ScatterFigure(
      panels: [.init(title: network, points: points), .init(title: "csg", points: points)],
      groups: groups, sets: ["synthetic", "real"], caption: "t-SNE of 3 features")
  }
}
