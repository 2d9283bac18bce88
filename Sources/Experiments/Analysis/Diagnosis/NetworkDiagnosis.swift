import Backbones
import Runs
import Torch

/// The part of a diagnosis that belongs to one network.
struct NetworkDiagnosis {
  /// Stage by stage, set by set.
  private(set) var features: [FeatureFigures] = []
  /// Stage by stage, pair by pair.
  private(set) var gaps: [GapFigures] = []
  /// Stage by stage, set by set; empty where no pictures are asked for.
  private(set) var circles: [CirclePicture] = []
  /// Stage by stage; empty where no pictures are asked for.
  private(set) var scatters: [ScatterPicture] = []

  /// Judges `network` on `data`.
  /// - Parameters:
  ///   - domains: the domain of each data set.
  ///   - references: the indices of the data sets that others are compared with.
  init(
    of network: DiagnosedNetwork, on data: [DiagnosedData], domains: [Evaluation.Domain],
    references: [Int], _ options: Diagnosis.Options, sharedBy processes: ProcessGroup?,
    report: (String) -> Void
  ) throws {
    let reader = try FeatureReader(network, stages: options.stages, sharedBy: processes)
    var ofSet = data.map { _ in [FeatureFigures]() }
    var circles = data.map { _ in [CirclePicture]() }
    var samples = data.map { _ in [ScatterSample]() }
    var kept: [FeatureSet] = []
    var ofPairs: [GapFigures] = []
    // References first: besides them, only one data set at a time is in memory.
    for index in references + data.indices.filter({ !references.contains($0) }) {
      report("\(network.name): looking at \(data[index].path)")
      let set = try reader.features(of: data[index], limit: options.limit)
      for stage in options.stages {
        let figures = try FeatureFigures(
          network: network.name, stage: stage, set, domain: domains[index], sharedBy: processes)
        ofSet[index].append(figures)
        if options.layout == nil { continue }
        circles[index].append(try CirclePicture(figures, stage: stage, set))
        samples[index].append(
          try ScatterSample(set, stage: stage, limit: ScatterPicture.limit / data.count))
      }
      if references.contains(index) {
        kept.append(set)
        continue
      }
      for (reference, stage) in kept.flatMap({ set in options.stages.map { (set, $0) } }) {
        ofPairs.append(
          try GapFigures(
            network: network.name, stage: stage, from: reference, to: set, sharedBy: processes))
      }
    }
    for (number, stage) in options.stages.enumerated() {
      features += ofSet.map { $0[number] }
      gaps += ofPairs.filter { $0.stage == stage.description }
      guard let layout = options.layout else { continue }
      self.circles += circles.map { $0[number] }
      scatters.append(
        try ScatterPicture(
          network: network.name, stage: stage, samples.map { $0[number] }, by: layout))
    }
  }
}
