import Backbones
import Foundation
import Inference
import Registry
import Runs
import TensorFiles
import Torch
import TorchNN

/// A checkpoint of made-up weights, and what its network says of made-up images.
struct ExportSamples {
  private static let classes = ["apple", "boat, small", "=cup", "Dächer", "egg"]
  private static let temperature = 1.75

  private let description: NetworkDescription
  private let folder: String
  private let isOfOneSize: Bool
  private let adaptation: Adaptation

  /// The backbones to try: of transformers the smallest of each family, since the others differ in numbers alone.
  static var backbones: [String] {
    let smallest = [
      "vit-base-32", "vit-tiny-16-augreg", "deit-tiny-16", "dinov2-small-14",
      "dinov2-small-14-registers", "clip-vit-base-32",
    ]
    return Registry.standard.backboneNames.filter { !isTransformer($0) || smallest.contains($0) }
      + ["deit-tiny-16+rein"]
  }

  private static func isTransformer(_ backbone: String) -> Bool {
    BackboneDefinition.visionTransformers.contains { $0.name == backbone }
  }

  init(backbone named: String, head: String, folder: String) throws {
    let backbone = String(named.prefix { $0 != "+" })
    adaptation = named.hasSuffix("+rein") ? .tokens(.init(count: 9, rank: 4)) : .full
    let definition = try Registry.standard.backbone(named: backbone)
    self.folder = folder
    var evaluation = EvaluationOptions()
    evaluation.imageSize = 64
    if let name = SegmentationHeadName(rawValue: head) {
      // A graph of a transformer takes images of one size.
      isOfOneSize = Self.isTransformer(backbone)
      if isOfOneSize { evaluation.tile = 64 }
      description = NetworkDescription(
        task: .segmentation, backbone: definition, head: .segmenter(name), firstWeights: .random,
        evaluation: evaluation)
    } else {
      isOfOneSize = true
      description = NetworkDescription(
        task: .classification, backbone: definition, head: .classifier(width: 32),
        firstWeights: .random, evaluation: evaluation)
    }
  }

  /// Writes `checkpoint.safetensors`, and `samples.safetensors` with bytes and logits of each batch.
  func write() throws {
    let network = try description.makeNetwork(classes: Self.classes.count)
    let generator = try Generator(seed: 7)
    try network.backbone.initialize(using: generator)
    try adaptation.apply(to: network.backbone, using: generator)
    try network.head.initialize(using: generator)
    try Self.fillNorms(of: network, using: generator)
    try scaleLogits(of: network, using: generator)
    try checkpoint(of: network).write(to: folder + "/checkpoint.safetensors")

    var samples = StateDict()
    for (number, shape) in shapes.enumerated() {
      let pixels = try Self.pictures(shape, using: generator)
      let images = try scaled(pixels)
      samples["pixels.\(number)"] = pixels
      samples["images.\(number)"] = images
      samples["logits.\(number)"] = try withoutGradients {
        let logits = try network(images).logits
        guard description.task == .segmentation else { return logits }
        return try logits.upsampledBilinear(
          height: shape[1], width: shape[2], alignCorners: true)
      }
    }
    try TensorFile.write(samples.stored(), to: folder + "/samples.safetensors")
  }

  /// Batches of N×H×W×3; those of segmenters have different sizes, also odd ones.
  private var shapes: [[Int]] {
    isOfOneSize
      ? [[1, 64, 64, 3], [3, 64, 64, 3]] : [[1, 64, 64, 3], [2, 75, 98, 3]]
  }

  /// Pictures of smooth shapes, in which they differ, with noise: without texture instance norms would magnify rounding errors.
  private static func pictures(_ shape: [Int], using generator: Generator) throws -> Tensor {
    let coarse = try Tensor.uniform([shape[0], 3, 4, 4], generator: generator)
    let smooth = try coarse.upsampledBilinear(
      height: shape[1], width: shape[2], alignCorners: true)
    let noise = try Tensor.uniform(shape, generator: generator)
    return try ((smooth.permuted([0, 2, 3, 1]) * 0.6 + noise * 0.4) * 255).converted(to: .uint8)
      .contiguous()
  }

  /// N×H×W×3 bytes as normalised N×3×H×W.
  private func scaled(_ pixels: Tensor) throws -> Tensor {
    let scaling = try description.backbone.make().pixelScaling
    let mean = try Tensor(scaling.mean, shape: [3, 1, 1])
    let deviation = try Tensor(scaling.standardDeviation, shape: [3, 1, 1])
    let planes = try pixels.converted(to: .float32).permuted([0, 3, 1, 2])
    return try ((planes / 255 - mean) / deviation).contiguous()
  }

  /// Norms as after training: none of them is the identity, and what differs between images is not lost behind their shifts.
  private static func fillNorms(
    of network: any TaskNetwork, using generator: Generator
  ) throws {
    // Without shortcuts around most blocks, smaller factors would leave nothing of the image.
    let least = network.backbone is EfficientNetLite ? 0.65 : 0.6
    for part in [network.backbone as any Module, network.head] {
      for case let norm as LayerNorm in part.allModules() {
        let shape = norm.weight.tensor.shape
        try norm.weight.tensor.fill(Tensor.uniform(shape, generator: generator) * 0.3 + 0.8)
        try norm.bias.tensor.fill(Tensor.normal(shape, generator: generator) * 0.03)
      }
      // Small at the start of a training, the branches would hide mistakes.
      for entry in part.namedParameters()
      where ["gamma", "layer_scale", "rein.scale"].contains(where: entry.name.hasSuffix) {
        try entry.tensor.fill(Tensor.uniform(entry.tensor.shape, generator: generator) + 0.5)
      }
      for entry in part.namedParameters() where entry.name.hasPrefix("rein.feature_layer") {
        try entry.tensor.fill(Tensor.normal(entry.tensor.shape, generator: generator) * 0.3)
      }
      for case let norm as BatchNorm2d in part.allModules() {
        let shape = norm.weight.tensor.shape
        try norm.weight.tensor.fill(Tensor.uniform(shape, generator: generator) * 0.3 + least)
        try norm.bias.tensor.fill(Tensor.normal(shape, generator: generator) * 0.03)
        try norm.runningMean.tensor.fill(Tensor.normal(shape, generator: generator) * 0.03)
        try norm.runningVar.tensor.fill(Tensor.uniform(shape, generator: generator) * 0.6 + 0.7)
      }
    }
  }

  /// Scales the last layer so that logits are of the size of those of trained networks, as is the error that is allowed.
  private func scaleLogits(of network: any TaskNetwork, using generator: Generator) throws {
    let images = try scaled(Self.pictures([4, 64, 64, 3], using: generator))
    let size = try withoutGradients {
      try network(images).logits.power(2).mean().squareRoot().item()
    }
    let parameters = network.head.namedParameters()
    // The summands of DeepLab-v2's head are all last layers.
    let last = description.head == .segmenter(.deepLabV2) ? parameters : parameters.suffix(2)
    for entry in last { try entry.tensor.fill(entry.tensor * (4 / size)) }
  }

  private func checkpoint(of network: any TaskNetwork) throws -> Checkpoint {
    var metadata = ["network": try description.json()]
    if description.task == .segmentation {
      let classes = Self.classes.enumerated().map { index, name in
        "{\"name\":\"\(name)\",\"color\":[\(index),\(40 * index),9],\"values\":[\(index)]}"
      }
      metadata["class_table"] = "{\"classes\":[\(classes.joined(separator: ","))],\"ignore\":[255]}"
    }
    return Checkpoint(
      iteration: 3, seconds: 1, recipe: nil, classes: Self.classes, evaluations: [],
      calibration: Calibration(
        temperature: Self.temperature, samples: 1, errorBefore: 0.2, errorAfter: 0.1),
      taskMetadata: metadata,
      tensors: StateDict(network.namedTensors().map { $0.prefixed("encoder_q.") }))
  }
}

extension Tensor {
  fileprivate func fill(_ values: Tensor) throws {
    try withoutGradients { try copyInPlace(values) }
  }
}
