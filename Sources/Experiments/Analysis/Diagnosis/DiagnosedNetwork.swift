import Backbones
import Inference
import Registry
import Runs
import Tables
import TensorFiles
import Torch
import TorchNN

/// The encoder of a checkpoint, with what is known about its data: a network whose feature space is judged.
public struct DiagnosedNetwork {
  /// Its name in tables and figures.
  public let name: String
  /// The file it comes from.
  public let checkpoint: String

  let backbone: any Backbone
  let description: NetworkDescription
  let device: Device

  /// Reads the student f_e of a checkpoint.
  /// - Parameter description: describes a checkpoint that another program wrote, such as a released one of CSG.
  /// - Throws: `TensorFileError`, `DiagnosisError.noRecipe`, `TrainingError.noStudent` or `.checkpointDoesNotFit` for a file
  ///   that holds no such network.
  public init(
    named name: String, checkpoint path: String,
    description: @autoclosure () throws -> NetworkDescription? = nil,
    device: Device, registry: Registry = .standard
  ) throws {
    let (tensors, description, mark) = try Self.contents(of: path, description(), registry)
    let changes = tensors.below(CheckpointKey.student)
    guard !changes.isEmpty else { throw TrainingError.noStudent(path: path) }
    let student = try StudentChanges.completed(changes, mark: mark, of: description, path: path)
    try self.init(name, path, description, device) { try $0.loadStudent(student) }
  }

  /// The ImageNet network f_e,o that the student of a checkpoint started from and was kept near: the teacher in the
  /// checkpoint or, of a method without one, the weights that it started from.
  /// - Throws: `DiagnosisError.noTeacher` where the run started from random weights, `BackboneError.weightsNotFound`
  ///   where the weights are not on this machine, and the same errors as for the student.
  public static func teacher(
    named name: String, ofCheckpoint path: String,
    description: @autoclosure () throws -> NetworkDescription? = nil,
    device: Device, registry: Registry = .standard
  ) throws -> DiagnosedNetwork {
    let (tensors, description, _) = try contents(of: path, description(), registry)
    let teacher = tensors.below(CheckpointKey.teacher)
    return try DiagnosedNetwork(name, path, description, device) { backbone in
      if !teacher.isEmpty {
        try backbone.loadStudent(teacher)
      } else if let weights = try description.firstWeights.path(for: description.backbone) {
        try backbone.loadFirstWeights(at: weights)
      } else {
        throw DiagnosisError.noTeacher(checkpoint: path)
      }
    }
  }

  private init(
    _ name: String, _ checkpoint: String, _ description: NetworkDescription, _ device: Device,
    load: (any Backbone) throws -> Void
  ) throws {
    backbone = try description.makeBackbone()
    do {
      try load(backbone)
    } catch let mismatch as StateDictMismatch {
      throw TrainingError.checkpointDoesNotFit(path: checkpoint, mismatch: mismatch)
    }
    try backbone.move(to: device)
    try backbone.freeze()
    self.name = name
    self.checkpoint = checkpoint
    self.description = description
    self.device = device
  }

  /// The tensors of a file, its own description, or else the one given, and the mark of the first weights where these are not in it.
  private static func contents(
    of path: String, _ description: @autoclosure () throws -> NetworkDescription?,
    _ registry: Registry
  ) throws -> (StateDict, NetworkDescription, mark: String?) {
    let file = try TensorFile.read(path)
    let own = try NetworkDescription(metadata: file.metadata, path: path, registry: registry)
    guard let description = try own ?? description() else {
      throw DiagnosisError.noRecipe(checkpoint: path)
    }
    let tensors = try StateDict(file)
    try tensors.requireFinite(in: path)
    return (tensors, description, file.metadata[CheckpointKey.firstWeights])
  }

  /// Short names for the networks of checkpoints: the names of the run folders where the files lie in run folders, else
  /// the paths without their suffix and without the folders that all of them share.
  public static func names(of checkpoints: [String]) -> [String] {
    let parts = checkpoints.map { path in
      let file = path.split(separator: "/").map(String.init)
      let stem = file.last?.split(separator: ".").first.map(String.init) ?? path
      return file.dropLast() + [stem]
    }
    let tails = Set(parts.map { $0.suffix(2).joined(separator: "/") })
    let areOfRuns =
      tails.count == 1 && parts.allSatisfy { $0.count > 2 && $0.dropLast().last == "checkpoints" }
    return PathNames.short(
      parts.map { (areOfRuns ? $0.dropLast(2) : $0[...]).joined(separator: "/") })
  }
}
