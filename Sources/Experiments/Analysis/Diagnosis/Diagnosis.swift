import Backbones
import Foundation
import Inference
import Runs
import Torch

/// The feature spaces of networks on data sets: how diverse their features are and how far the domains lie apart.
public struct Diagnosis: Sendable, Codable, Equatable {
  /// The checkpoint that each network comes from, by the network's name.
  public let checkpoints: [String: String]
  /// The paths of the reference data sets, which the others are compared with.
  public let references: [String]
  /// Whether a network was trained or selected on the references; else the first set stands in for them.
  public let areReferencesSynthetic: Bool
  /// Network by network, stage by stage, set by set.
  public let features: [FeatureFigures]
  /// The distance between each reference and each other data set, in the same order.
  public let gaps: [GapFigures]
  /// Features on the unit circle, network by network, stage by stage, set by set; not part of the JSON.
  public private(set) var circles: [CirclePicture] = []
  /// Features of all sets in a plane, network by network, stage by stage; not part of the JSON.
  public private(set) var scatters: [ScatterPicture] = []

  private enum CodingKeys: String, CodingKey {
    case checkpoints
    case references
    case areReferencesSynthetic = "references_are_synthetic"
    case features
    case gaps
  }

  /// How feature spaces are judged.
  public struct Options: Sendable {
    /// The stages whose maps are averaged over space, each listed once.
    public var stages: [Stage]
    /// How many images of a data set to read, evenly spaced over its order; nil for all.
    public var limit: Int?
    /// How features become points of scatter pictures; nil for no pictures.
    public var layout: PlaneLayout?

    /// Options; by default the last stage, all images and no pictures.
    public init(
      stages: [Stage] = [.layer4], limit: Int? = nil, layout: PlaneLayout? = nil
    ) {
      self.stages = stages
      self.limit = limit
      self.layout = layout
    }
  }

  /// Judges `networks` on the data sets at `paths`.
  ///
  /// A data set is a reference if a network was trained or selected on it; if there is none, the first data set is the
  /// reference. The features of the references and of one other data set are held in memory, N×C float32 for each stage.
  /// - Parameters:
  ///   - processes: the processes that share the images out, each of which gets all figures.
  ///   - report: is told what is being done.
  /// - Throws: `DatasetError`, `ImageError`, `DiagnosisError`; `InferenceError.otherRank` where processes read different files.
  public init(
    of networks: [DiagnosedNetwork], on paths: [String], _ options: Options = Options(),
    sharedBy processes: ProcessGroup? = nil, report: (String) -> Void = { _ in }
  ) throws {
    // All sets are opened before the first image is read, so that a mistake in the last one does not appear after hours.
    var sets: [TaskName: [DiagnosedData]] = [:]
    for task in Set(networks.map(\.description.task)) {
      sets[task] = try paths.map { try DiagnosedData(at: $0, for: task) }
    }
    if let processes {
      try processes.requireSame("list of data sets", paths.joined(separator: ", "))
      try processes.requireSame("list of networks", networks.map(\.name).joined(separator: ", "))
      for network in networks { try processes.requireSameProgram(judging: network.checkpoint) }
      for data in sets.sorted(by: { $0.key.rawValue < $1.key.rawValue }).flatMap(\.value) {
        try data.requireSame(in: processes)
      }
    }
    let domains = paths.map { path in Self.domain(of: path, to: networks) }
    let synthetic = paths.indices.filter { domains[$0] == .synthetic }
    let references = synthetic.isEmpty ? Array(paths.indices.prefix(1)) : synthetic
    let parts = try networks.map { network in
      try NetworkDiagnosis(
        of: network, on: sets[network.description.task] ?? [], domains: domains,
        references: references, options, sharedBy: processes, report: report)
    }
    checkpoints = networks.reduce(into: [:]) { $0[$1.name] = $1.checkpoint }
    self.references = references.map { paths[$0] }
    areReferencesSynthetic = !synthetic.isEmpty
    features = parts.flatMap(\.features)
    gaps = parts.flatMap(\.gaps)
    circles = parts.flatMap(\.circles)
    scatters = parts.flatMap(\.scatters)
  }

  /// The domain of a data set: synthetic where a network trains or selects on it, unseen where one says so, else real.
  private static func domain(
    of path: String, to networks: [DiagnosedNetwork]
  ) -> Evaluation.Domain {
    let domains = networks.map { $0.description.domains[path] }
    return domains.first { $0 == .synthetic } ?? domains.first { $0 == .unseen } ?? .real
  }

  /// All figures as JSON.
  public func json() throws -> String {
    String(decoding: try JSONFormat.document(self), as: UTF8.self)
  }

  /// Writes the figures as `diagnosis.json`, `.csv` and `.txt` into a folder, which is created if needed.
  /// - Throws: `TrainingError.cannotWrite`.
  public func write(into folder: RunFolder) throws {
    try folder.createAlone()
    for (suffix, text) in [("json", try json()), ("csv", csv), ("txt", text)] {
      try folder.write(Data(text.utf8), to: "\(folder.path)/diagnosis.\(suffix)")
    }
  }
}
