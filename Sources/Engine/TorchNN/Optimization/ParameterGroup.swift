/// Parameters that share a rate.
public struct ParameterGroup: Sendable {
  /// The parameters with the keys under which the optimiser's state is saved.
  public let parameters: [NamedTensor]
  /// The factor on the step's learning rate.
  public let rate: Double
  /// A further factor, which can be another one from step to step.
  var scale = 1.0

  /// A group.
  public init(_ parameters: [NamedTensor], rate: Double) {
    self.parameters = parameters
    self.rate = rate
  }

  /// The part of its first parameter's key up to the first number, without what comes before all keys of a network; `stem` for a
  /// key without a number.
  public var name: String {
    let layer = parameters.first.flatMap { Self.layerName($0.name) }
    return layer.map { $0.split(separator: ".").dropFirst().joined(separator: ".") } ?? "stem"
  }

  /// The group without the parameters that record no gradient.
  var trained: ParameterGroup {
    ParameterGroup(parameters.filter(\.tensor.requiresGradient), rate: rate)
  }

  /// A backbone and what belongs to it, the heads at the rate 1.
  /// - Parameters:
  ///   - backboneRate: the factor on the backbone's rate.
  ///   - layerDecay: the further factor of each of its layers below the last one.
  ///   - separatesLayers: whether each layer is a group even where all have the same rate.
  static func groups(
    backbone: [NamedTensor], heads: [NamedTensor], backboneRate: Double, layerDecay: Double,
    separatesLayers: Bool
  ) -> [ParameterGroup] {
    let ofBackbone =
      layerDecay == 1 && !separatesLayers
      ? [ParameterGroup(backbone, rate: backboneRate)]
      : byLayer(backbone, rate: backboneRate, decay: layerDecay)
    return ofBackbone + [ParameterGroup(heads, rate: 1)]
  }

  /// The parameters of a backbone as one group for each of its layers: the deeper the layer is below the last one, the smaller its
  /// rate, by the factor `decay` for each.
  ///
  /// A layer is told by the keys: those that are the same up to their first number, such as `encoder_q.blocks.3`, are of
  /// one. What precedes the first numbered layer is one layer, what follows it is of the last one.
  public static func byLayer(
    _ parameters: [NamedTensor], rate: Double, decay: Double
  ) -> [ParameterGroup] {
    var layers: [(name: String?, parameters: [NamedTensor])] = []
    for parameter in parameters {
      let name = layerName(parameter.name) ?? layers.last?.name
      if let last = layers.indices.last, layers[last].name == name {
        layers[last].parameters.append(parameter)
      } else {
        layers.append((name, [parameter]))
      }
    }
    return layers.enumerated().map { depth, layer in
      let below = layers.count - 1 - depth
      return ParameterGroup(
        layer.parameters, rate: (0..<below).reduce(rate) { rate, _ in rate * decay })
    }
  }

  /// The part of a key up to its first number; nil for a key without one.
  private static func layerName(_ key: String) -> String? {
    let parts = key.split(separator: ".")
    guard let number = parts.firstIndex(where: { Int($0) != nil }) else { return nil }
    return parts[...number].joined(separator: ".")
  }
}

extension [ParameterGroup] {
  /// Sets the further factors of all groups, 1 where there is none.
  mutating func scale(by factors: [Double]) {
    for place in indices { self[place].scale = place < factors.count ? factors[place] : 1 }
  }
}
