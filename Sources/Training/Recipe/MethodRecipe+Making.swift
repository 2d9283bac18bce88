import Backbones
import Generalization
import Torch

extension MethodRecipe {
  /// The method for a student that holds its first weights.
  /// - Parameters:
  ///   - makeTeacher: makes a network of zeros like the student's backbone.
  ///   - generator: of what the method draws at its start.
  func make(
    student: any TaskNetwork, makeTeacher: () throws -> any Backbone, generator: Generator,
    device: Device
  ) throws -> any Method {
    func teacher() throws -> any Backbone {
      let teacher = try makeTeacher()
      try teacher.load(student.backbone.stateDict())
      return teacher
    }
    switch self {
    case .vanilla: return Vanilla()
    case .csg(let configuration):
      return try CSG(configuration, teacher: teacher(), generator: generator, device: device)
    }
  }
}
