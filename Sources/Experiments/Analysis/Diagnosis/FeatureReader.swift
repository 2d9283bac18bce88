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
  private let processes: ProcessGroup?

  /// - Parameter processes: the processes that share the images out; every one gets the features of all.
  init(_ network: DiagnosedNetwork, stages: [Stage], sharedBy processes: ProcessGroup?) throws {
    self.network = network
    self.stages = Set(stages)
    description = network.description
    normalization = try ChannelNormalization(network.backbone.pixelScaling)
    self.processes = processes
  }

  /// The features of at most `limit` evenly spaced images.
  /// - Throws: `ImageError` for an unreadable image under the policy `stop`, `DiagnosisError.tooFewImages`.
  func features(of data: DiagnosedData, limit: Int?) throws -> FeatureSet {
    let data = data.upright(description.evaluation.isUpright)
    let places = evenlySpacedPlaces(limit ?? data.count, of: data.count)
    let batches = OwnBatches.of(places, size: batchSize(of: data), sharedBy: processes)
    var pooled = stages.reduce(into: [Stage: PooledFeatures]()) {
      $0[$1] = PooledFeatures(
        capacity: batches.reduce(0) { $0 + $1.count },
        dimension: network.backbone.channels[$1] ?? 0)
    }
    var read: [Int] = []
    func add(_ features: [Stage: Tensor], _ indices: [Int]) throws {
      for (stage, tensor) in features { try pooled[stage]?.append(tensor) }
      read += indices
    }
    var skipped =
      switch data {
      case .images(let dataset): try readImages(dataset, batches, add)
      case .scenes(let dataset): try readScenes(dataset, batches.flatMap(\.self), add)
      }
    var features = try pooled.mapValues { try $0.all }
    if let processes {
      skipped = try processes.sums([skipped])[0]
      let order = try GatheredOrder(of: read, sharedBy: processes)
      read = order.places
      for stage in stages.sorted() { features[stage] = try features[stage].map(order.gathered) }
    }
    guard read.count > 1 else {
      throw DiagnosisError.tooFewImages(path: data.path, images: read.count)
    }
    let labels = read.compactMap(data.label)
    return FeatureSet(
      path: data.path, features: features,
      viewAlignment: try viewAlignment(data, read), labels: labels.isEmpty ? nil : labels,
      classes: data.imageClasses, skipped: skipped)
  }

  /// The number of images that are looked at together.
  private func batchSize(of data: DiagnosedData) -> Int {
    switch data {
    case .images: description.evaluation.batchSize
    case .scenes: 1
    }
  }

  /// Passes on the features of whole images of one size; returns how many images were unreadable.
  private func readImages(
    _ dataset: ImageDataset, _ batches: [[Int]], _ add: ([Stage: Tensor], [Int]) throws -> Void
  ) throws -> Int {
    let samples = ClassificationSamples(
      dataset, preparation: .plain, decoding: description.evaluation.decoding,
      size: description.evaluation.imageSize,
      needsKeyView: false, normalization: normalization)
    return try forEachBatch(samples, batches) { batch in
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
    let ordered = stages.sorted()
    // Of each batch the sum of every stage, and the number of images.
    var sums: [Double] = []
    var firstImages: [Int] = []
    let batches = OwnBatches.of(places, size: description.batchSize, sharedBy: processes)
    _ = try forEachBatch(views, batches) { batch in
      guard let key = try batch.keyTensor(on: network.device) else { return }
      let first = try pooled(batch.queryTensor(on: network.device))
      let second = try pooled(key)
      for stage in ordered {
        guard let features = first[stage], let other = second[stage] else { continue }
        sums.append(
          try FeatureDiversity.alignment(of: features, with: other) * Double(batch.count))
      }
      sums.append(Double(batch.count))
      firstImages.append(batch.indices[0])
    }
    let width = ordered.count + 1
    if let processes {
      let own = try Tensor(sums, shape: [firstImages.count, width])
      sums = try GatheredOrder(of: firstImages, sharedBy: processes).gathered(own).scalars()
    }
    func total(_ column: Int) -> Double {
      stride(from: column, to: sums.count, by: width).reduce(0) { $0 + sums[$1] }
    }
    let images = total(ordered.count)
    guard images > 0 else { return nil }
    return ordered.indices.reduce(into: [:]) { $0[ordered[$1]] = total($1) / images }
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
    _ samples: any SampleSource, _ batches: [[Int]], _ body: (Batch) throws -> Void
  ) throws -> Int {
    try JudgingMemory.require(
      images: batches.first?.count ?? 0, side: description.evaluation.imageSize)
    let loader = BatchLoader(
      samples, plan: batches.map { (epoch: 0, indices: $0) },
      workers: description.evaluation.workers,
      policy: description.evaluation.onError)
    defer { loader.stop() }
    while let batch = try loader.next() { try body(batch) }
    return loader.skippedSamples.count
  }
}
