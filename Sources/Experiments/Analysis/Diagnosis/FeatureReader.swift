import Backbones
import Datasets
import Generalization
import Imaging
import Inference
import Pipelines
import Torch

/// Reads the pooled features of data sets, from any stage; evaluation computes its energy from those of the last stage
/// (Algorithm.md §7).
struct FeatureReader {
  private let network: DiagnosedNetwork
  private let stages: Set<Stage>
  private let description: NetworkDescription
  private let normalization: ChannelNormalization

  init(_ network: DiagnosedNetwork, stages: [Stage]) throws {
    self.network = network
    self.stages = Set(stages)
    description = network.description
    normalization = try ChannelNormalization(network.backbone.pixelScaling)
  }

  /// The features of at most `limit` evenly spaced images.
  /// - Throws: `ImageError` for an unreadable image under the policy `stop`, `DiagnosisError.tooFewImages`.
  func features(of data: DiagnosedData, limit: Int?) throws -> FeatureSet {
    let data = data.upright(description.evaluation.isUpright)
    let places = evenlySpacedPlaces(limit ?? data.count, of: data.count)
    var pooled = stages.reduce(into: [Stage: PooledFeatures]()) {
      $0[$1] = PooledFeatures(capacity: places.count)
    }
    var read: [Int] = []
    func add(_ features: [Stage: Tensor], _ indices: [Int]) throws {
      for (stage, tensor) in features { try pooled[stage]?.append(tensor) }
      read += indices
    }
    let skipped =
      switch data {
      case .images(let dataset): try readImages(dataset, places, add)
      case .scenes(let dataset): try readScenes(dataset, places, add)
      }
    guard read.count > 1 else {
      throw DiagnosisError.tooFewImages(path: data.path, images: read.count)
    }
    let labels = read.compactMap(data.label)
    return FeatureSet(
      path: data.path, features: try pooled.mapValues { try $0.all },
      viewAlignment: try viewAlignment(data, read), labels: labels.isEmpty ? nil : labels,
      classes: data.imageClasses, skipped: skipped)
  }

  /// Passes on the features of whole images of one size; returns how many images were unreadable.
  private func readImages(
    _ dataset: ImageDataset, _ places: [Int], _ add: ([Stage: Tensor], [Int]) throws -> Void
  ) throws -> Int {
    let samples = ClassificationSamples(
      dataset, preparation: .plain, decoding: description.evaluation.decoding,
      size: description.evaluation.imageSize,
      needsKeyView: false, normalization: normalization)
    return try forEachBatch(samples, places, size: description.evaluation.batchSize) { batch in
      try add(pooled(batch.queryTensor(on: network.device)), batch.indices)
    }
  }

  /// The same for scenes of any size, one after the other, in tiles where the network judges in tiles.
  private func readScenes(
    _ dataset: SegmentationDataset, _ places: [Int], _ add: ([Stage: Tensor], [Int]) throws -> Void
  ) throws -> Int {
    let height = description.evaluation.height
    let reader = OrderedPipeline(
      places, workers: description.evaluation.workers, policy: description.evaluation.onError,
      name: "scene reader"
    ) { index in
      let file = dataset.samples[index].imageFile
      let image = try file.decoded(isUpright: dataset.isUpright).image
      return (index, try image.resized(toHeight: height))
    }
    defer { reader.stop() }
    while let (index, image) = try reader.next() {
      let pixels = try Tensor(
        normalization(image), shape: [1, 3, image.height, image.width]
      ).moved(to: network.device)
      let pieces = try description.evaluation.tile.map {
        try TiledPrediction(tile: $0, overlap: description.evaluation.overlap).pieces(of: pixels)
      }
      let features = try (pieces ?? [pixels]).map(pooled)
      try add(
        stages.reduce(into: [:]) { result, stage in
          result[stage] = try Tensor.concatenated(features.compactMap { $0[stage] })
            .mean([0], keeping: true)
        }, [index])
    }
    return reader.skipped.count
  }

  /// The mean ‖f_i − g_i‖² over the images at `places`, batch by batch: the features of the views are not kept.
  private func viewAlignment(
    _ data: DiagnosedData, _ places: [Int]
  ) throws -> [Stage: Double]? {
    guard let views = try data.augmentedViews(description, normalization) else { return nil }
    var sums: [Stage: Double] = [:]
    var images = 0
    _ = try forEachBatch(views, places, size: description.batchSize) { batch in
      guard let key = try batch.keyTensor(on: network.device) else { return }
      let first = try pooled(batch.queryTensor(on: network.device))
      let second = try pooled(key)
      for (stage, features) in first {
        guard let other = second[stage] else { continue }
        sums[stage, default: 0] +=
          try FeatureDiversity.alignment(of: features, with: other) * Double(batch.count)
      }
      images += batch.count
    }
    return images > 0 ? sums.mapValues { $0 / Double(images) } : nil
  }

  /// One vector of every stage for each image, n×C on the CPU.
  private func pooled(_ images: Tensor) throws -> [Stage: Tensor] {
    try withoutGradients {
      let maps = try network.backbone.features(of: images, stages: stages)
      return try stages.reduce(into: [:]) { result, stage in
        result[stage] = try maps.pooled(stage).moved(to: .cpu)
      }
    }
  }

  private func forEachBatch(
    _ samples: any SampleSource, _ places: [Int], size: Int, _ body: (Batch) throws -> Void
  ) throws -> Int {
    try JudgingMemory.require(
      images: min(size, places.count), side: description.evaluation.imageSize)
    let plan = stride(from: 0, to: places.count, by: size).map { start in
      (epoch: 0, indices: Array(places[start..<min(start + size, places.count)]))
    }
    let loader = BatchLoader(
      samples, plan: plan, workers: description.evaluation.workers,
      policy: description.evaluation.onError)
    defer { loader.stop() }
    while let batch = try loader.next() { try body(batch) }
    return loader.skippedSamples.count
  }
}
