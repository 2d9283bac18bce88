import Backbones
import Torch
import TorchNN

/// The ImageNet network f_e,o to which a method keeps its student near; it never changes.
struct FrozenTeacher {
  let backbone: any Backbone

  /// Freezes `backbone` for good and moves it to `device`, where the student is.
  init(_ backbone: any Backbone, on device: Device) throws {
    self.backbone = backbone
    try backbone.move(to: device)
    try backbone.freeze()
  }

  /// The ImageNet classifier.
  /// - Throws: `BackboneError.noImageNetClassifier` where none was published.
  var classifier: Linear {
    get throws(BackboneError) {
      guard let classifier = backbone.imageNetClassifier else { throw .noImageNetClassifier }
      return classifier
    }
  }

  /// u, the features of the step's x_q with the maps of `stages`, without gradients.
  func maps(of step: TrainingStep, stages: Set<Stage> = []) throws -> FeatureMaps {
    try maps(of: step.query, stages: stages, in: step.frozenPrecision)
  }

  /// The features of a view with the maps of `stages`, without gradients.
  func maps(
    of view: Tensor, stages: Set<Stage>, in precision: Precision
  ) throws -> FeatureMaps {
    try withoutGradients { try backbone.features(of: view, stages: stages, in: precision) }
  }

  /// The teacher under the interchange names (Algorithm.md §9).
  func stateDict() -> StateDict { backbone.stateDict().prefixed("encoder_k.") }

  /// Continues with the saved teacher, because the weights that a run started from may not exist any more.
  /// - Throws: `StateDictMismatch` naming all keys that do not fit.
  func load(_ state: StateDict) throws {
    try backbone.load(state.below("encoder_k.").filter { !$0.key.hasPrefix("fc_csg.") })
  }
}
