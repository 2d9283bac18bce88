import ArgumentParsing
import Backbones
import Foundation
import Imaging
import Inference
import Messages
import Runs
import Training

/// `syn2real predict`
struct Predict: Subcommand {
  static let configuration = CommandConfiguration(
    abstract: "Predict what is on pictures.",
    discussion: """
      A classifier prints the classes with the highest scores. A segmenter writes, for every picture, a label map of \
      label ids (NAME-labels.png) and the picture under the colours of its classes with a legend (NAME-overlay.png), and \
      prints the share of each class. Pictures with the same name keep their folders. If a picture cannot be judged, an \
      error names it, the others are still judged, and the exit code is 1.
      """)

  @Argument(help: "A checkpoint that train wrote.", completion: .file())
  var checkpoint: String

  @Argument(help: "Pictures: JPEG, PNG or WebP.", completion: .file())
  var images: [String]

  @Option(
    help: .init("Where a segmenter's pictures are written.", valueName: "folder"),
    completion: .directory)
  var output = "Predictions"

  @Option(help: Precision.judgingHelp)
  var precision: Precision?

  @OptionGroup var compute: ComputeOptions

  func perform() throws {
    let device = try compute.prepare()
    let registry = CommandContext.current.registry
    let trained = try TrainedNetwork(
      checkpoint: checkpoint,
      description: NetworkDescription(recipeOfCheckpoint: checkpoint, registry: registry),
      device: device, registry: registry
    )
    .judging(in: precision)
    let files =
      trained.description.task == .segmentation
      ? try OutputFiles(
        in: output, of: images, suffixes: Self.suffixes, read: images + [checkpoint]) : nil
    var failed: [String] = []
    for path in images {
      let judged: (image: Image, prediction: TrainedNetwork.Prediction)
      do {
        judged = try trained.predict(contentsOf: path)
      } catch {
        // The other pictures are still judged.
        StandardError.write("Error: \(error)")
        failed.append(path)
        continue
      }
      try report(judged.prediction, judged.image, path, files)
    }
    guard failed.isEmpty else {
      StandardError.write(
        "Error: \(failed.count) of \(images.count) pictures could not be judged: "
          + failed.joined(separator: ", "))
      throw ExitCode.failure
    }
  }

  private static let suffixes = ["-labels.png", "-overlay.png"]

  /// Prints what is on a picture; for a segmenter the class map is also written.
  private func report(
    _ prediction: TrainedNetwork.Prediction, _ image: Image, _ path: String, _ files: OutputFiles?
  ) throws {
    switch prediction {
    case .classes(let scores):
      let best = scores.prefix(3).map { "\($0.name) \(String(format: "%.3f", $0.score))" }
      print("\(path): \(best.joined(separator: ", "))".visible)
    case .classMap(let classMap, let classes):
      guard let files else { return }
      let pictures = SegmentationPictures(classes)
      let paths = try Self.suffixes.map { try files.preparedPath(of: path, $0) }
      let overlay = try pictures.overlay(classMap, over: image)
      try classes.labelIds(of: classMap).writePNG(to: paths[0])
      try overlay.writePNG(to: paths[1])
      print("\(path): \(pictures.shares(in: classMap)); \(paths[1])".visible)
    }
  }
}
