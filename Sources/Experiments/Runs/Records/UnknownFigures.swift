import Generalization

/// How well the images of a data set are told from images of none of the classes.
public struct UnknownFigures: Sendable, Codable, Equatable {
  /// The folder of the unknown images.
  public let folder: String
  /// Their number.
  public let images: Int
  /// The area under the receiver operating characteristic of the maximum softmax, in [0, 1].
  public let softmaxArea: Double
  /// The area for the energy score, in [0, 1].
  public let energyArea: Double
  /// The share of the unknown images that a reject option accepts; nil where there is none.
  public let accepted: Double?

  private enum CodingKeys: String, CodingKey {
    case folder
    case images
    case softmaxArea = "auroc_softmax"
    case energyArea = "auroc_energy"
    case accepted
  }

  /// The figures of `known` against `unknown`; nil where either is empty.
  public init?(
    folder: String, known: ClassLogits, unknown: ClassLogits, temperature: Double,
    rejection: RejectOption?
  ) {
    func area(_ score: ConfidenceScore) -> Double? {
      Detection.areaUnderCurve(
        known: score.values(of: known, temperature: temperature),
        unknown: score.values(of: unknown, temperature: temperature))
    }
    guard let softmaxArea = area(.softmax), let energyArea = area(.energy) else { return nil }
    self.folder = folder
    images = unknown.count
    self.softmaxArea = softmaxArea
    self.energyArea = energyArea
    accepted = rejection?.coverage(of: unknown, temperature: temperature)
  }
}
