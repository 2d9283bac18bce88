import ArgumentParsing
import Backbones
import Datasets
import Foundation
import Imaging
import Inference
import Messages
import Recipes
import Runs
import Training

/// `syn2real predict`
struct Predict: Subcommand {
  static let configuration = CommandConfiguration(
    abstract: "Predict what is on pictures.",
    discussion: """
      A classifier prints the likeliest classes with their probabilities: the softmax at the temperature that training \
      fitted. A segmenter writes, for every picture, a label map of label ids (NAME-labels.png) and the picture under the \
      colours of its classes with a legend (NAME-overlay.png), and prints the share of each class. Pictures with the same \
      name keep their folders. If a picture cannot be judged, an error names it, the others are still judged, and the exit \
      code is 1.
      """)

  @Argument(
    help: "A run's folder, for its best checkpoint, or a checkpoint.", completion: .file())
  var checkpoint: String

  @Argument(
    help:
      "Pictures (JPEG, PNG or WebP), folders of pictures, lists (.txt) with a path on each line, or - for such lines on standard input.",
    completion: .file())
  var images: [String]

  @Flag(help: "Print JSON, with the probability of every class in the order of the classes.")
  var json = false

  @Flag(help: "Print comma-separated values, with a column for each class.")
  var csv = false

  @Option(
    help: .init("How many of the likeliest classes to print; 3 by default.", valueName: "count"))
  var top: Int?

  @Option(
    help: .init(
      "Reject pictures whose likeliest class is less probable than this.", valueName: "probability")
  )
  var threshold: Double?

  @Option(
    help: .init("Where a segmenter's pictures are written.", valueName: "folder"),
    completion: .directory)
  var output = "Predictions"

  @Flag(help: "Segmentation: write label maps alone.")
  var maskOnly = false

  @Option(
    help: .init(
      "Segmentation: how much the colours of the classes cover the picture, from 0 to 1; 0.55 by default.",
      valueName: "share"))
  var opacity: Double?

  @Flag(help: "Judge the mirror image too, and average the logits of both.")
  var mirror = false

  @Option(help: Precision.judgingHelp)
  var precision: Precision?

  @OptionGroup var compute: ComputeOptions

  func perform() throws {
    try checkValues()
    let device = try compute.prepare()
    let registry = CommandContext.current.registry
    let checkpoint = try JudgedCheckpoint.checkpoint(at: checkpoint)
    let trained = try TrainedNetwork(
      checkpoint: checkpoint,
      description: NetworkDescription(recipeOfCheckpoint: checkpoint, registry: registry),
      device: device, registry: registry
    )
    .judging(in: precision)
    try checkTask(of: trained)
    let pictures = PictureFiles(named: images) { Array(sequence(state: ()) { _ in readLine() }) }
    let report = try makeReport(trained, at: checkpoint, pictures.paths)
    var failures = PredictionFailures()
    for failure in pictures.failures { failures.add("\(failure)", of: nil) }
    if let note = leftOutNote(pictures.leftOut) { StandardError.write(note) }
    var progress = PredictionProgress(
      total: pictures.paths.count, isShown: !report.printsEveryPicture)
    try report.begin()
    try trained.predict(files: pictures.paths, mirrors: mirror) { number, result in
      let path = pictures.paths[number]
      switch result {
      case .success(let prediction): try report.add(prediction, of: path)
      case .failure(let error):
        progress.clear()
        failures.add("\(error)", of: path)
      }
      progress.advance()
    }
    progress.clear()
    try report.end(failures)
    try failures.finish(of: pictures.paths.count)
  }

  private func checkValues() throws {
    if json, csv { throw ValidationError("--json and --csv exclude each other; give one of them.") }
    if let top, top < 1 { throw ValidationError("--top must be at least 1, not \(top).") }
    if let threshold, !(0...1).contains(threshold) {
      throw ValidationError("--threshold is a probability from 0 to 1, not \(threshold).")
    }
    if let opacity, !(0...1).contains(opacity) {
      throw ValidationError("--opacity must be from 0 to 1, not \(opacity).")
    }
  }

  /// Refuses options that would have no effect.
  private func checkTask(of trained: TrainedNetwork) throws {
    let isClassifier = trained.description.task == .classification
    let useless =
      isClassifier
      ? [("--mask-only", maskOnly), ("--opacity", opacity != nil)]
      : [("--top", top != nil), ("--threshold", threshold != nil)]
    for (option, isGiven) in useless where isGiven {
      throw ValidationError(
        "\(option) is for \(isClassifier ? "segmenters" : "classifiers"), but \(checkpoint) is a "
          + "\(isClassifier ? "classifier" : "segmenter"); leave it out.")
    }
  }

  private func makeReport(
    _ trained: TrainedNetwork, at checkpoint: String, _ paths: [String]
  ) throws -> any PredictionReport {
    let format: PredictionFormat = json ? .json : csv ? .csv : .text
    guard trained.description.task == .segmentation else {
      return ClassReport(
        format: format, classes: trained.classes, temperature: trained.temperature,
        top: top ?? 3, threshold: threshold)
    }
    let suffixes = SegmentationReport.suffixes(maskOnly: maskOnly)
    let files = try OutputFiles(
      in: output, of: paths, suffixes: suffixes, read: paths + [checkpoint])
    return SegmentationReport(
      format: format, classes: trained.pixelClasses, files: files, maskOnly: maskOnly,
      opacity: opacity ?? 0.55)
  }

  private func leftOutNote(_ paths: [String]) -> String? {
    guard !paths.isEmpty else { return nil }
    let shown = paths.prefix(6).joined(separator: ", ")
    return
      "left out \(paths.count) files in formats that cannot be read (JPEG, PNG and WebP can): \(shown)"
      + (paths.count > 6 ? " and \(paths.count - 6) more" : "")
  }
}
