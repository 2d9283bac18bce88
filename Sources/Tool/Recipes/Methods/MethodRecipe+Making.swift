import Backbones
import Generalization
import Torch

extension MethodRecipe: MethodConfiguration {
  /// The method for a student that holds its first weights.
  public func makeMethod(_ start: MethodStart) throws -> any Method {
    let (student, generator, device) = (start.student, start.generator, start.device)
    let (teacher, seed) = (start.makeTeacher, start.seed)
    switch self {
    case .oracle: return Oracle()
    case .vanilla: return Vanilla()
    case .weightDistance(let configuration):
      return try WeightDistance(
        configuration, student: student.backbone, seed: seed, device: device)
    case .synapticIntelligence(let configuration):
      return try SynapticIntelligence(configuration, student: student.backbone, device: device)
    case .featureDistance(let configuration):
      return try FeatureDistance(configuration, teacher: teacher(), device: device)
    case .asg(let configuration):
      return try ASG(configuration, teacher: teacher(), device: device)
    case .domainRandomization(let configuration):
      return DomainRandomization(configuration)
    case .csg(let configuration):
      return try CSG(configuration, teacher: teacher(), generator: generator, device: device)
    }
  }
}
