import Backbones
import Settings

/// The settings of `SHADE`.
public struct SHADEConfiguration: Sendable, Equatable {
  /// The weight of the consistency of answers.
  public var consistency = 10.0
  /// The weight of the distance to the teacher.
  public var retrospection = 1.0
  /// The stage whose styles are made up.
  public var stage = Stage.stem
  /// K, the prototypes.
  public var prototypes = 64
  /// The recent images from whose styles prototypes are chosen.
  public var pool = 1024
  /// The epochs from one choice of prototypes to the next.
  public var refreshEpochs = 3
  /// The classes of pixels that are things; where there are none, the teacher is compared with everywhere.
  public var things: [String] = []

  /// The paper's settings for labels of images.
  public init() {}
}

extension SHADEConfiguration: MethodConfiguration {
  /// `shade`.
  public static let name = "shade"
  /// A one-line description.
  public static let summary =
    "Style-hallucinated dual consistency: the same answers in made-up styles, near the teacher (Zhao et al. 2022)."

  /// The weights, and where styles come from.
  public static let settings: [Setting<SHADEConfiguration>] = [
    .number(
      "consistency", \.consistency, in: 0..., "The weight of the divergence of both answers."),
    .number(
      "retrospection", \.retrospection, in: 0..., "The weight of the distance to the teacher."),
    .integer(
      "stage", \.stageNumber, in: 0...4, "The stage whose styles are made up; 0 for the stem."),
    .integer("prototypes", \.prototypes, in: 1...4096, "K, the styles that others are made of."),
    .integer(
      "pool", \.pool, in: 1...1_000_000,
      "The recent images from whose styles prototypes are chosen; at least K."),
    .integer(
      "refresh_epochs", \.refreshEpochs, in: 1...10_000,
      "The epochs from one choice of prototypes to the next."),
    .texts(
      "things", \.things,
      "For labels of pixels: the classes that are things, at whose places the teacher is compared with; none for everywhere."
    ),
  ]

  /// The paper's settings: for labelled pixels, the things of Cityscapes.
  public static func standard(for labels: LabelScope) -> SHADEConfiguration {
    var configuration = SHADEConfiguration()
    if labels == .pixel {
      configuration.things = [
        "person", "rider", "car", "truck", "bus", "train", "motorcycle", "bicycle",
      ]
    }
    return configuration
  }

  /// SHADE towards a teacher with the student's first weights.
  public func makeMethod(_ start: MethodStart) throws -> any Method {
    try SHADE(
      self, teacher: start.makeTeacher(), classNames: start.classNames,
      batchesPerEpoch: start.batchesPerEpoch, generator: start.generator, device: start.device)
  }

  private var stageNumber: Int {
    get { stage.rawValue }
    set { stage = Stage(rawValue: newValue) ?? .stem }
  }
}
