import Backbones
import Generalization
import Torch

/// The evenly spaced features of a data set that a scatter picture shows, kept while other data sets are read.
struct ScatterSample {
  /// The data set's path.
  let dataset: String
  /// n×C.
  let features: Tensor
  /// The class of each image; nil where pixels have classes.
  let classNames: [String]?

  /// At most `limit` features of a stage.
  init(_ set: FeatureSet, stage: Stage, limit: Int) throws {
    let all = try set.features(of: stage)
    dataset = set.path
    features = try all.evenlySpaced(limit)
    let places = evenlySpacedPlaces(limit, of: all.shape[0])
    classNames = set.labels.flatMap { labels in
      set.classes.map { classes in places.map { classes[labels[$0]] } }
    }
  }
}
