import Backbones
import Torch

/// A method's settings, and how it is made of them.
public protocol MethodConfiguration: Sendable {
  /// What recipes, tables and help call the method.
  var name: String { get }
  /// The method for a student that holds its first weights.
  func makeMethod(_ start: MethodStart) throws -> any Method
}

/// What a method is made with.
public struct MethodStart {
  public let student: any TaskNetwork
  public let makeTeacher: () throws -> any Backbone
  public let seed: UInt64
  public let generator: Generator
  public let device: Device

  public init(
    student: any TaskNetwork, makeTeacher: @escaping () throws -> any Backbone, seed: UInt64,
    generator: Generator, device: Device
  ) {
    self.student = student
    self.makeTeacher = makeTeacher
    self.seed = seed
    self.generator = generator
    self.device = device
  }
}
