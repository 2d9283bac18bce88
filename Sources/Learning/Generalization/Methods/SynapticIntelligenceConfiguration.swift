/// The settings of `SynapticIntelligence`, by the names of its paper's symbols.
public struct SynapticIntelligenceConfiguration: Sendable, Equatable {
  /// c, the weight of the penalty.
  public var lambda: Double
  /// ξ, which keeps the importance of weights that hardly moved finite.
  public var damping: Double
  /// The iterations after which the importance is consolidated.
  public var interval: Int

  /// Settings of the order that Zenke et al. use.
  public init(lambda: Double = 0.1, damping: Double = 0.1, interval: Int = 1000) {
    self.lambda = lambda
    self.damping = damping
    self.interval = interval
  }
}
