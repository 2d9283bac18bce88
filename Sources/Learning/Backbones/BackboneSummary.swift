import TorchNN

/// What one should know about a backbone before choosing it.
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
  /// The published ImageNet weights; nil if there are none.
  public let weights: PublishedWeights?
  /// The number of parameters, including those of the ImageNet classifier.
  public let parameters: Int
  /// The stages, from shallow to deep.
  public let stages: [StageSummary]
  /// How pixels are scaled.
  public let pixelScaling: PixelScaling
  /// The path of the published weights on this machine; nil if they are not found.
  public let weightsPath: String?

  /// Summarises a backbone; the network is built for this.
  public init(of definition: BackboneDefinition) throws {
    let backbone = try definition.make()
    name = definition.name
    weights = definition.weights
    parameters = backbone.parameterCount
    stages = backbone.channels.sorted { $0.key < $1.key }
      .map { .init(name: $0.description, channels: $1, stride: backbone.mapStride(of: $0)) }
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

  /// Encodes the summary with snake-case keys; what does not exist or is not found is null.
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
