import Backbones
import Torch

/// What a method is made from, at the start of a run.
public struct MethodStart {
  /// The student, which holds its first weights.
  public let student: any TaskNetwork
  /// The seed of the run.
  public let seed: UInt64
  /// The generator of what is random at the start; it is one of the CPU, so that a run starts the same on every device.
  public let generator: Generator
  /// Where the student will be trained.
  public let device: Device
  /// The classes of the training data, by label.
  public let classNames: [String]
  /// The steps of the whole run.
  public let iterations: Int
  /// The steps of an epoch.
  public let batchesPerEpoch: Int
  /// The domains of the training data.
  public let domainCount: Int

  private let makeBackbone: () throws -> any Backbone

  /// A start, by default of a run without an end, one step in an epoch, on data of one domain whose classes have no names.
  /// - Parameter makeBackbone: makes a network of zeros like the student's backbone.
  public init(
    student: any TaskNetwork, seed: UInt64, generator: Generator, device: Device,
    classNames: [String] = [], iterations: Int = .max, batchesPerEpoch: Int = 1,
    domainCount: Int = 1,
    makeBackbone: @escaping () throws -> any Backbone
  ) {
    self.student = student
    self.seed = seed
    self.generator = generator
    self.device = device
    self.classNames = classNames
    self.iterations = iterations
    self.batchesPerEpoch = batchesPerEpoch
    self.domainCount = domainCount
    self.makeBackbone = makeBackbone
  }

  /// Another network like the student's backbone, with the student's first weights, which are those of ImageNet.
  public func makeTeacher() throws -> any Backbone {
    let teacher = try makeBackbone()
    // What an adapted student trains changes nothing at the start.
    try teacher.loadAdapted(student.backbone.effectiveState())
    return teacher
  }
}
