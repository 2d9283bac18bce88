import Backbones
import Generalization
import Torch

/// The features of one network and stage on all data sets, in one plane.
public struct ScatterPicture: Sendable, Equatable {
  /// A feature.
  public struct Point: Sendable, Equatable {
    /// Its place.
    public let place: PlanePoint
    /// The path of its data set.
    public let dataset: String
    /// The class of its image; nil where pixels have classes.
    public let className: String?
  }

  /// The network's name.
  public let network: String
  /// The stage, `layer4`.
  public let stage: String
  /// The features, set by set.
  public let points: [Point]

  /// The largest number of features of all data sets together.
  public static let limit = 1000

  /// The picture of samples of all data sets, placed by `layout`.
  init(
    network: String, stage: Stage, _ samples: [ScatterSample], by layout: PlaneLayout
  ) throws {
    self.network = network
    self.stage = stage.description
    let places = try layout.points(of: Tensor.concatenated(samples.map(\.features)))
    let sources = samples.flatMap { sample in
      (0..<sample.features.shape[0]).map { (sample.dataset, sample.classNames?[$0]) }
    }
    points = zip(places, sources).map { place, source in
      Point(place: place, dataset: source.0, className: source.1)
    }
  }
}
