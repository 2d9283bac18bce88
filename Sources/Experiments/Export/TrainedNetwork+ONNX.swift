import Backbones
import Foundation
import Inference
import Runs
import Torch

/// Trained networks as ONNX graphs.
extension TrainedNetwork {
  /// Writes backbone and head as an ONNX graph (operators of version 17) with the batch norms in the kernels.
  ///
  /// The number of images is free, for segmenters their size too, unless operations of the network say sizes, as those of
  /// transformers do: then it takes squares of the side in which the network judges, 512 where it judges whole images. The
  /// graph gives logits: N×classes, or N×classes×H×W in the size of the images. In the metadata are `task`, `backbone`, `classes` (JSON), `preprocessing` (JSON), `temperature` and,
  /// for segmenters, `class_table` (JSON).
  /// - Parameter withPreprocessing: whether the graph takes uint8 RGB images of N×H×W×3, scales them itself, and gives
  ///   probabilities: the softmax of the logits divided by the checkpoint's temperature.
  /// - Throws: `ExportError.notExpressible` for a backbone with operations that a graph does not have, `.tooLarge`,
  ///   `TrainingError.cannotWrite`.
  public func writeONNX(to path: String, withPreprocessing: Bool = false) throws {
    var graph = ONNXGraph()
    let (trace, side) = try sizedTrace()
    try add(trace, side: side, to: &graph, withPreprocessing: withPreprocessing)
    try ONNXModel(
      graph: graph, name: description.backbone.name,
      metadata: metadata(side: side, withPreprocessing)
    ).write(to: path)
  }

  /// The operations, and the side of the images where the graph takes one size alone.
  private func sizedTrace() throws -> (OperationTrace, side: Int?) {
    if description.task == .classification {
      let side = description.evaluation.imageSize
      return (try trace(side: side), side)
    }
    // A segmenter takes images of any size, so that a small one tells its operations.
    let trace = try trace(side: 64)
    guard trace.steps.contains(where: \.operation.isOfOneSize) else { return (trace, nil) }
    let side = description.evaluation.tile ?? 512
    return (try self.trace(side: side), side)
  }

  private func add(
    _ trace: OperationTrace, side: Int?, to graph: inout ONNXGraph, withPreprocessing: Bool
  ) throws {
    let isClassifier = description.task == .classification
    let places: [ONNXValueType.Size] =
      side.map { [.fixed($0), .fixed($0)] } ?? [.free("height"), .free("width")]
    var images = graph.input(
      "images",
      withPreprocessing
        ? .init(element: .uint8, sizes: [.free("batch")] + places + [.fixed(3)])
        : .init(element: .float32, sizes: [.free("batch"), .fixed(3)] + places))
    if withPreprocessing { images = scaled(images, in: &graph) }
    var logits = try graph.add(trace, to: images)
    if !isClassifier {
      logits = graph.node("Resize", [logits, "", "", size(logits, images, &graph)], Self.resizing)
    }
    let name = withPreprocessing ? "probabilities" : "logits"
    if withPreprocessing {
      let factor = graph.constant([Float(1 / temperature)], shape: [], "factor")
      logits = graph.node(
        "Softmax", [graph.node("Mul", [logits, factor])], [("axis", .integer(1))], named: name)
    } else {
      graph.node("Identity", [logits], named: name)
    }
    graph.output(
      name,
      .init(
        element: .float32,
        sizes: [.free("batch"), .fixed(classes.count)] + (isClassifier ? [] : places)))
  }

  /// As the class map is computed: the centres of the corner places stay at the corners.
  private static let resizing: [(String, ONNXAttribute)] = [
    ("coordinate_transformation_mode", .text("align_corners")), ("mode", .text("linear")),
  ]

  /// The shape of coarse logits in the size of the images.
  private func size(_ logits: String, _ images: String, _ graph: inout ONNXGraph) -> String {
    let outer = graph.node("Shape", [logits], [("end", .integer(2))])
    let inner = graph.node("Shape", [images], [("start", .integer(2))])
    return graph.node("Concat", [outer, inner], [("axis", .integer(0))])
  }

  /// uint8 N×H×W×3 as normalised float32 N×3×H×W.
  private func scaled(_ images: String, in graph: inout ONNXGraph) -> String {
    let scaling = network.backbone.pixelScaling
    let planes = graph.node("Transpose", [images], [("perm", .integers([0, 3, 1, 2]))])
    let numbers = graph.node(
      "Cast", [planes], [("to", .integer(Int(ONNXValueType.Element.float32.rawValue)))])
    let shape = [1, scaling.mean.count, 1, 1]
    let factor = graph.constant(
      scaling.standardDeviation.map { Float(1 / (255 * Double($0))) }, shape: shape, "factor")
    let shift = graph.constant(
      zip(scaling.mean, scaling.standardDeviation).map { Float(-Double($0) / Double($1)) },
      shape: shape, "shift")
    return graph.node("Add", [graph.node("Mul", [numbers, factor]), shift])
  }

  /// The operations from an image to its logits.
  private func trace(side: Int) throws -> OperationTrace {
    var plain = network
    plain.precision = .float32
    let image = try Tensor.zeros([1, 3, side, side], device: device)
    do {
      return try withoutGradients {
        try OperationTrace.of(image) { try plain($0).logits }
      }
    } catch let error as TraceError {
      throw ExportError.notExpressible(backbone: description.backbone.name, reason: "\(error)")
    }
  }

  private func metadata(side: Int?, _ withPreprocessing: Bool) throws -> [String: String] {
    func json(_ value: some Encodable) throws -> String {
      String(decoding: try JSONFormat.text(value), as: UTF8.self)
    }
    var metadata = [
      "task": description.task.rawValue,
      "backbone": description.backbone.name,
      "classes": try json(classes),
      "preprocessing": try json(
        ExportedPreprocessing(
          of: description, side: side, scaling: network.backbone.pixelScaling,
          included: withPreprocessing)),
      "temperature": String(temperature),
    ]
    if let classTable { metadata["class_table"] = try json(classTable) }
    return metadata
  }
}
