import Backbones
import Generalization
import Torch

extension MethodRecipe {
  /// The method for a student that holds its first weights.
  /// - Parameters:
  ///   - makeTeacher: makes a network of zeros like the student's backbone.
  ///   - seed: of the run.
  ///   - generator: of what the method draws at its start.
  func make(
    student: any TaskNetwork, makeTeacher: () throws -> any Backbone, seed: UInt64,
    generator: Generator, device: Device
  ) throws -> any Method {
    func teacher() throws -> any Backbone {
      let teacher = try makeTeacher()
      try teacher.load(student.backbone.stateDict())
      return teacher
    }
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
