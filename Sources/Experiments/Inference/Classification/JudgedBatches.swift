import Torch

/// What a classifier says of images, batch by batch.
struct JudgedBatches {
  /// The places of the images in their data set.
  private(set) var indices: [Int] = []
  /// Predictions, N int64; logits, N×classes; features, N×C.
  private var parts: [(predictions: Tensor, logits: Tensor, features: Tensor)]

  /// No images yet.
  init(classes: Int, features: Int) {
    parts = []
    widths = (classes, features)
  }

  private let widths: (classes: Int, features: Int)

  /// Adds a batch.
  mutating func append(
    _ indices: [Int], predictions: Tensor, logits: Tensor, features: Tensor
  ) {
    self.indices += indices
    parts.append((predictions, logits, features))
  }

  /// The predicted class of each image.
  func predictions() throws -> [Int] {
    try joined(\.predictions, width: nil, .int64).scalars(Int64.self).map(Int.init)
  }

  /// The logits of all images, N×classes.
  func logits() throws -> Tensor { try joined(\.logits, width: widths.classes) }

  /// The features of all images, N×C.
  func features() throws -> Tensor { try joined(\.features, width: widths.features) }

  /// The images that all processes have judged, in the order of their data set.
  func gathered(from processes: ProcessGroup) throws -> JudgedBatches {
    let order = try GatheredOrder(of: indices, sharedBy: processes)
    var whole = JudgedBatches(classes: widths.classes, features: widths.features)
    whole.append(
      order.places,
      predictions: try order.gathered(joined(\.predictions, width: nil, .int64)),
      logits: try order.gathered(logits()),
      features: try order.gathered(features().converted(to: .float32)))
    return whole
  }

  private typealias Part = (predictions: Tensor, logits: Tensor, features: Tensor)

  /// One of the tensors of all batches, which may be none.
  private func joined(
    _ tensor: (Part) -> Tensor, width: Int?, _ type: DType = .float32
  ) throws -> Tensor {
    guard !parts.isEmpty else {
      return try Tensor.zeros([0] + (width.map { [$0] } ?? []), dtype: type)
    }
    return try Tensor.concatenated(parts.map(tensor))
  }
}
