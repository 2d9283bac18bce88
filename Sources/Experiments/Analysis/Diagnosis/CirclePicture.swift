import Backbones
import Generalization

/// The features of one network and stage on one data set, on the unit circle and with their density: one panel of the
/// paper's Figure 2.
public struct CirclePicture: Sendable, Equatable {
  /// The network's name.
  public let network: String
  /// The stage, `layer4`.
  public let stage: String
  /// The data set's path.
  public let dataset: String
  /// The hyperspherical energy of power 0 of the features themselves, not of their places on the circle.
  public let energy: Double
  /// The places on the circle of at most 500 evenly spaced features.
  public let points: [PlanePoint]
  /// The density of all features at the nodes of a grid of `side`² over [−reach, reach]², row by row upwards.
  public let density: [Double]
  /// Their density along the circle at evenly spaced angles from −π to π, both included.
  public let angularDensity: [Double]

  /// The standard deviation of the Gaussian kernels, in the plane and along the circle.
  public static let bandwidth = 0.15
  /// How far the grid reaches from the centre.
  public static let reach = 1.5
  /// The nodes of the grid along an axis.
  public static let side = 101

  /// The picture of a stage.
  init(_ figures: FeatureFigures, stage: Stage, _ set: FeatureSet) throws {
    let features = try set.features(of: stage)
    network = figures.network
    self.stage = figures.stage
    dataset = figures.dataset
    energy = figures.hse[.zero] ?? .nan
    let projection = try CircleProjection(of: features)
    points = try PlanePoint.rows(of: projection.coordinates.evenlySpaced(500))
    density = try KernelDensity.inPlane(
      of: projection.coordinates, bandwidth: Self.bandwidth, reach: Self.reach, side: Self.side)
    angularDensity = KernelDensity.onCircle(
      of: try projection.angles, bandwidth: Self.bandwidth, count: 181)
  }
}
