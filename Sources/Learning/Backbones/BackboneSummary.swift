import TorchNN

/// What there is to know of a backbone before one chooses it.
public struct BackboneSummary: Sendable {
  /// A place whose feature map a loss may use.
  public struct StageSummary: Sendable, Encodable {
    /// `layer3`.
    public let name: String
    /// The map's channels.
    public let channels: Int
    /// The pixels of the image from one place of the map to the next.
    public let stride: Int
  }

  /// The name in recipes.
  public let name: String
  /// The published ImageNet weights; nil where there are none.
  public let weights: PublishedWeights?
  /// The parameters, the ImageNet classifier's included.
  public let parameters: Int
  /// The stages, from shallow to deep.
  public let stages: [StageSummary]
  /// How pixels are scaled.
  public let pixelScaling: PixelScaling
  /// The published weights on this machine; nil where they are not found.
  public let weightsPath: String?

  /// The summary of a backbone, which is built for it.
  public init(of definition: BackboneDefinition) throws {
    let backbone = try definition.make()
    name = definition.name
    weights = definition.weights
    parameters = backbone.parameterCount
    stages = backbone.channels.sorted { $0.key < $1.key }
      .map { .init(name: $0.description, channels: $1, stride: $0.stride) }
    pixelScaling = backbone.pixelScaling
    weightsPath = try? definition.publishedWeights()
  }
}

extension BackboneSummary: Encodable {
  private enum CodingKeys: String, CodingKey {
    case name
    case parameters
    case stages
    case mean
    case standardDeviation = "standard_deviation"
    case weightsFile = "weights_file"
    case weightsSource = "weights_source"
    case weightsPath = "weights_path"
  }

  /// By the names of the command's JSON; what there is not, or is not found, is null.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(parameters, forKey: .parameters)
    try container.encode(stages, forKey: .stages)
    try container.encode(pixelScaling.mean, forKey: .mean)
    try container.encode(pixelScaling.standardDeviation, forKey: .standardDeviation)
    try container.encode(weights?.file, forKey: .weightsFile)
    try container.encode(weights?.source, forKey: .weightsSource)
    try container.encode(weightsPath, forKey: .weightsPath)
  }
}
