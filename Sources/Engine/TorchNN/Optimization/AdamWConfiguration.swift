/// AdamW with a separate rate for the backbone; by default with PyTorch's values.
public struct AdamWConfiguration: OptimizerConfiguration, Equatable {
  /// The factor on the backbone's rate.
  public var backboneRate = 0.1
  /// The further factor on the rate of each layer of the backbone below its last one.
  public var layerDecay = 1.0
  /// Whether every layer of the backbone is a group of its own even where all have the same rate.
  public var separatesLayers = false
  /// β₁, the share of the mean gradient that each step keeps.
  public var beta1 = 0.9
  /// β₂, the share of the mean squared gradient that each step keeps.
  public var beta2 = 0.999
  /// The weight decay: each step takes this share of the parameters, times the rate.
  public var weightDecay = 0.01
  /// The weight decay at the end of the run, to which it goes along half a cosine; nil for the same throughout.
  public var weightDecayEnd: Double?
  /// ε, what is added to the root of the mean squared gradient.
  public var epsilon = 1e-8

  /// Settings; the defaults are PyTorch's.
  public init() {}

  /// AdamW of the backbone's groups and the heads.
  public func makeOptimizer(backbone: [NamedTensor], heads: [NamedTensor]) -> any Optimizer {
    AdamW(
      ParameterGroup.groups(
        backbone: backbone, heads: heads, backboneRate: backboneRate, layerDecay: layerDecay,
        separatesLayers: separatesLayers),
      self)
  }
}
