import Backbones
import Generalization

/// The methods and backbones that recipes can name.
///
/// Your own ones are added to the standard ones; everything that reads a recipe takes a registry:
/// ```swift
/// let registry = Registry.standard.adding(method: PenaltyConfiguration.self).adding(backbone: .tiny)
/// let recipe = try Recipe(contentsOf: "recipe.yaml", registry: registry)
/// ```
public struct Registry: Sendable, Equatable {
  /// The methods, in the order in which they are listed.
  public private(set) var methods: [any MethodConfiguration.Type]
  /// The backbones, in the order in which they are listed.
  public private(set) var backbones: [BackboneDefinition]

  /// The methods and backbones of the package itself.
  public static let standard = Registry(
    methods: [
      OracleConfiguration.self,
      VanillaConfiguration.self,
      WeightDistanceConfiguration.self,
      SynapticIntelligenceConfiguration.self,
      FeatureDistanceConfiguration.self,
      ASGConfiguration.self,
      DomainRandomizationConfiguration.self,
      CSGConfiguration.self,
      GCISGConfiguration.self,
      ISWConfiguration.self,
      SHADEConfiguration.self,
      CORALConfiguration.self,
      IRMConfiguration.self,
    ],
    backbones: [
      .resnet18, .resnet34, .resnet50, .resnet101, .resnet152,
      .resnet18IBNA, .resnet34IBNA, .resnet50IBNA, .resnet101IBNA,
      .resnet18IBNB, .resnet34IBNB, .resnet50IBNB, .resnet101IBNB,
      .efficientNetLite0, .efficientNetLite1, .efficientNetLite2,
      .clipResNet50, .clipResNet101,
      .convNeXtTiny, .convNeXtSmall, .convNeXtBase,
    ] + BackboneDefinition.visionTransformers)

  /// The registry with one more method, which replaces a method of the same name.
  public func adding<Configuration: MethodConfiguration>(
    method: Configuration.Type
  ) -> Registry {
    var registry = self
    registry.methods.removeAll { $0.name == method.name }
    registry.methods.append(method)
    return registry
  }

  /// The registry with one more backbone, which replaces a backbone of the same name.
  public func adding(backbone: BackboneDefinition) -> Registry {
    var registry = self
    registry.backbones.removeAll { $0.name == backbone.name }
    registry.backbones.append(backbone)
    return registry
  }

  /// Whether both have the same names.
  public static func == (a: Registry, b: Registry) -> Bool {
    a.methodNames == b.methodNames && a.backboneNames == b.backboneNames
  }

  /// The methods' names, in order.
  public var methodNames: [String] { methods.map { $0.name } }
  /// The backbones' names, in order.
  public var backboneNames: [String] { backbones.map(\.name) }

  /// The method with a name.
  /// - Throws: `RegistryError` that names the nearest known name.
  public func method(named name: String) throws(RegistryError) -> any MethodConfiguration.Type {
    guard let method = methods.first(where: { $0.name == name }) else {
      throw RegistryError(kind: "method", name: name, known: methodNames)
    }
    return method
  }

  /// The backbone with a name.
  /// - Throws: `RegistryError` that names the nearest known name.
  public func backbone(named name: String) throws(RegistryError) -> BackboneDefinition {
    guard let backbone = backbones.first(where: { $0.name == name }) else {
      throw RegistryError(kind: "backbone", name: name, known: backboneNames)
    }
    return backbone
  }
}
