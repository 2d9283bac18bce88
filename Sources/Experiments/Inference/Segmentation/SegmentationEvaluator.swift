import Backbones
import Datasets
import Generalization
import Imaging
import Pipelines
import Runs
import Torch

/// Judges a segmenter on whole images (Algorithm.md §7), while the next images are decoded.
public struct SegmentationEvaluator: StoredSetEvaluator {
  /// How it judges images.
  public let options: EvaluationOptions
  private let device: Device
  private let processes: ProcessGroup?
  /// Called with every image's number and class map.
  private let handOver: ((SegmentationDataset, Int, Image) throws -> Void)?

  /// An evaluator for networks on `device`.
  /// - Parameters:
  ///   - processes: the processes that judge the images together, each of them some; every one gets the whole evaluation.
  ///   - handOver: receives every prediction of this process: the data set, the image's number in it, and the class map, one
  ///     channel of class indices.
  public init(
    _ options: EvaluationOptions, device: Device, sharedBy processes: ProcessGroup? = nil,
    handOver: ((SegmentationDataset, Int, Image) throws -> Void)? = nil
  ) {
    self.options = options
    self.device = device
    self.processes = processes
    self.handOver = handOver
  }

  /// Evaluates `network` on all scenes of `dataset`.
  /// - Throws: `ImageError` for an unreadable image under the policy `stop`.
  public func evaluate(
    _ network: any TaskNetwork, on dataset: SegmentationDataset, domain: Evaluation.Domain
  ) throws -> Evaluation {
    let predict = try ScenePredictor(network, options, device: device)
    let reader = OrderedPipeline(
      stride(from: processes?.rank ?? 0, to: dataset.count, by: processes?.size ?? 1),
      workers: options.workers, policy: options.onError, name: "scene reader"
    ) { index in
      (index, try dataset.read(index))
    }
    defer { reader.stop() }
    var confusion = ConfusionMatrix(classes: dataset.classNames.count)
    var scenes: [JudgedScene] = []
    var features: [Tensor] = []
    var judged: [Int64] = []
    while let (index, scene) = try reader.next() {
      let prediction = try predict(scene.image)
      let shape = [scene.image.height, scene.image.width]
      let labels = try scene.classMap.pixels.withUnsafeBytes { bytes in
        try Tensor(bytes: bytes, shape: shape, dtype: .uint8)
      }
      var own = ConfusionMatrix(classes: dataset.classNames.count)
      try own.add(
        labels: labels.moved(to: device).converted(to: .int64),
        predictions: prediction.classMap)
      confusion.add(own)
      scenes.append(JudgedScene(name: dataset.samples[index].image, confusion: own))
      features.append(prediction.features)
      judged.append(Int64(index))
      if let handOver { try handOver(dataset, index, Image(classMap: prediction.classMap)) }
    }
    var skipped = reader.skipped.count
    if let processes {
      skipped = try processes.sums([skipped])[0]
      confusion = try confusion.summed(over: processes)
      let order = try SceneOrder(of: judged, sharedBy: processes)
      scenes = try order.gathered(scenes, of: dataset)
      features = try order.gathered(features, width: network.backbone.featureCount)
    }
    guard !features.isEmpty else { throw TrainingError.nothingReadable(path: dataset.path) }
    guard confusion.counts.contains(where: { $0.contains { $0 > 0 } }) else {
      throw DatasetError.nothingLabelled(path: dataset.path)
    }
    let all = try Tensor.concatenated(features)
    return Evaluation(
      dataset: dataset.path, domain: domain, measure: .intersectionOverUnion,
      images: features.count, classes: dataset.classNames, confusion: confusion,
      energy: features.count > 1 ? try HypersphericalEnergy(of: all) : nil,
      skipped: skipped, scenes: scenes, judgedClasses: dataset.judgedClasses)
  }
}

extension Image {
  /// An image with one channel of class indices, from a tensor of H×W indices.
  init(classMap: Tensor) throws {
    let shape = classMap.shape
    let indices: [UInt8] = try classMap.converted(to: .uint8).moved(to: .cpu).scalars()
    try self.init(width: shape[1], height: shape[0], channels: 1, pixels: indices)
  }
}
