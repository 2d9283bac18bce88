import Foundation
import Torch

/// Features on the unit circle, as in the paper's Figure 2: scaled to norm 1, their first two principal components (of
/// these very features, centred), scaled to norm 1 again.
public struct CircleProjection {
  /// N×2 in float64; a feature at the centre stays there.
  public let coordinates: Tensor

  /// The places of N×D features.
  /// - Throws: `TorchError` where there are fewer than two features or dimensions.
  public init(of features: Tensor) throws(TorchError) {
    let components = try PrincipalComponents(of: features, count: 2, isUnit: true)
    coordinates = try components.coordinates(of: features).normalized(1)
  }

  /// The places.
  public var points: [PlanePoint] {
    get throws(TorchError) { try PlanePoint.rows(of: coordinates) }
  }

  /// The angle of each place, from −π to π.
  public var angles: [Double] {
    get throws(TorchError) { try points.map { atan2($0.y, $0.x) } }
  }
}
