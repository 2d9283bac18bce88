import ArgumentParsing
import Backbones
import Registry
import Training

extension BackboneDefinition: ArgumentValue {}
extension BackboneDefinition: ExpressibleByArgument {
  /// The backbone of a name.
  public init?(argument: String) {
    guard let backbone = try? Registry.standard.backbone(named: argument) else { return nil }
    self = backbone
  }

  /// Every name.
  public static var allValueStrings: [String] { Registry.standard.backboneNames }
}
