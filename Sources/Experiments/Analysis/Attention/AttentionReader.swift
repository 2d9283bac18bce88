import Backbones
import Datasets
import Generalization
import Imaging
import Inference
import Torch

/// Reads where a network looks: the weights of A-pool over pictures, as CSG's loss computes them (paper section 3.3).
public struct AttentionReader {
  private let network: DiagnosedNetwork
  private let stages: [Stage]
  private let normalization: ChannelNormalization

  /// A reader of the maps of `stages`.
  public init(_ network: DiagnosedNetwork, stages: [Stage]) throws {
    self.network = network
    self.stages = stages
    normalization = try ChannelNormalization(network.backbone.pixelScaling)
  }

  /// A picture file as the network sees it, with a shorter side of `side` pixels, and the network's map of each stage over it.
  /// - Throws: `ImageError`, `DatasetError` naming the file.
  public func look(at path: String, side: Int) throws -> (view: Image, maps: [AttentionMap]) {
    let picture = try Image.decodeRGB(
      path: path, isUpright: network.description.evaluation.isUpright)
    return try namingPicture(path) {
      let maps = try maps(over: [view(of: picture)])
      return (try view(of: picture, side: side), maps.first ?? [])
    }
  }

  /// Whether pictures are turned as their EXIF orientation says, as the network is used to.
  var isUpright: Bool { network.description.evaluation.isUpright }

  /// The pixels of the square that a classifier sees.
  var viewPixels: Int {
    network.description.evaluation.imageSize * network.description.evaluation.imageSize
  }

  /// What the network sees of a picture: a classifier the middle square, a segmenter all of it, at the height at which it judges.
  /// - Parameter side: the shorter side of the result in pixels; nil for the size at which the network sees a picture.
  public func view(of picture: Image, side: Int? = nil) throws -> Image {
    switch network.description.task {
    case .classification:
      return try ClassificationSamples.plainView(
        of: picture, size: side ?? network.description.evaluation.imageSize)
    case .segmentation:
      let judged = try picture.resized(toHeight: network.description.evaluation.height)
      return try side.map { try judged.resized(shorterSide: $0) } ?? judged
    }
  }

  /// The maps over views of one size: view by view, each with one for each stage.
  /// - Throws: `TrainingError.tooMuchMemory` where this machine cannot hold so many.
  public func maps(over views: [Image]) throws -> [[AttentionMap]] {
    guard let first = views.first else { return [] }
    let side = (Double(first.width) * Double(first.height)).squareRoot().rounded(.up)
    try JudgingMemory.require(images: views.count, side: Int(side))
    let pixels = try views.flatMap { try normalization($0) }
    let images = try Tensor(pixels, shape: [views.count, 3, first.height, first.width])
      .moved(to: network.device)
    let maps = try withoutGradients {
      try network.backbone.features(of: images, stages: Set(stages))
    }
    let read = try stages.map { stage in try Self.maps(of: stage, in: maps[stage]) }
    return views.indices.map { index in read.map { $0[index] } }
  }

  /// One map for each picture of a stage's maps, N×C×H×W.
  private static func maps(of stage: Stage, in map: Tensor) throws -> [AttentionMap] {
    let (height, width) = (map.shape[2], map.shape[3])
    let weights: [Float] = try withoutGradients {
      try attentionWeights(of: map.converted(to: .float32)).moved(to: .cpu).scalars()
    }
    return stride(from: 0, to: weights.count, by: height * width).map { start in
      AttentionMap(
        stage: stage.description, width: width, height: height,
        weights: Array(weights[start..<start + height * width]))
    }
  }
}
