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
  /// The processes that judge the images together; nil where there is only this one.
  public let processes: ProcessGroup?
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

  /// Evaluates `network` on all scenes of `dataset`; of synthetic ones the loss too, which may choose what is averaged.
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
    var scenes: [JudgedScene] = []
    var features: [Tensor] = []
    var judged: [Int] = []
    while let (index, scene) = try reader.next() {
      let shape = [scene.image.height, scene.image.width]
      let labels = try scene.classMap.pixels.withUnsafeBytes { bytes in
        try Tensor(bytes: bytes, shape: shape, dtype: .uint8)
      }.moved(to: device).converted(to: .int64)
      let prediction = try predict(scene.image, labels: domain == .synthetic ? labels : nil)
      var own = ConfusionMatrix(classes: dataset.classNames.count)
      try own.add(labels: labels, predictions: prediction.classMap)
      scenes.append(
        JudgedScene(
          name: dataset.samples[index].image, confusion: own, loss: prediction.loss))
      features.append(prediction.features)
      judged.append(index)
      if let handOver { try handOver(dataset, index, Image(classMap: prediction.classMap)) }
    }
    var skipped = reader.skipped.count
    var all =
      features.isEmpty
      ? try Tensor.zeros([0, network.backbone.featureCount]) : try Tensor.concatenated(features)
    if let processes {
      skipped = try processes.sums([skipped])[0]
      let order = try GatheredOrder(of: judged, sharedBy: processes)
      scenes = try gathered(scenes, of: dataset, order)
      all = try order.gathered(all.converted(to: .float32))
    }
    let confusion = scenes.reduce(into: ConfusionMatrix(classes: dataset.classNames.count)) {
      $0.add($1.confusion)
    }
    guard !scenes.isEmpty else { throw TrainingError.nothingReadable(path: dataset.path) }
    guard confusion.counts.contains(where: { $0.contains { $0 > 0 } }) else {
      throw DatasetError.nothingLabelled(path: dataset.path)
    }
    return Evaluation(
      dataset: dataset.path, domain: domain, measure: .intersectionOverUnion,
      images: scenes.count, classes: dataset.classNames, confusion: confusion,
      energy: scenes.count > 1 ? try HypersphericalEnergy(of: all, sharedBy: processes) : nil,
      skipped: skipped, scenes: scenes, judgedClasses: dataset.judgedClasses)
  }

  /// How the pixels of the scenes of all processes were judged.
  private func gathered(
    _ scenes: [JudgedScene], of dataset: SegmentationDataset, _ order: GatheredOrder
  ) throws -> [JudgedScene] {
    let side = dataset.classNames.count
    let counts = scenes.flatMap { $0.confusion.counts.joined().map(Int64.init) }
    let own = try Tensor(counts, shape: [scenes.count, side * side])
    let all = try order.gathered(own).scalars(Int64.self).map(Int.init)
    // Whether there is a loss, and which.
    let ownLosses = try Tensor(
      scenes.flatMap { scene -> [Double] in [scene.loss == nil ? 0 : 1, scene.loss ?? 0] },
      shape: [scenes.count, 2])
    let losses: [Double] = try order.gathered(ownLosses).scalars()
    return order.places.enumerated().map { row, place in
      let counts = (row * side..<(row + 1) * side).map { Array(all[$0 * side..<($0 + 1) * side]) }
      return JudgedScene(
        name: dataset.samples[place].image, confusion: ConfusionMatrix(counts: counts),
        loss: losses[2 * row] > 0 ? losses[2 * row + 1] : nil)
    }
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
