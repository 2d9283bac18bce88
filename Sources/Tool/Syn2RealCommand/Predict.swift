import ArgumentParsing
import Backbones
import Foundation
import Imaging
import Training

/// `syn2real predict`
struct Predict: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what is on pictures.",
    discussion: """
      A classifier prints the classes with the highest scores. A segmenter writes, for every picture, a label map by \
      label ids (NAME-labels.png) and the picture under the colours of its classes with a legend (NAME-overlay.png), and \
      prints the share of each class.
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

  func run() throws {
    let device = try compute.prepare()
    let trained = try TrainedNetwork(
      checkpoint: checkpoint, device: device, registry: CommandContext.current.registry
    ).judging(in: precision)
    for path in images {
      let image = try Image.decodeRGB(path: path)
      switch try trained.predict(image) {
      case .classes(let scores):
        let best = scores.prefix(3).map { "\($0.name) \(String(format: "%.3f", $0.score))" }
        print("\(path): \(best.joined(separator: ", "))")
      case .classMap(let classMap, let classes):
        let pictures = SegmentationPictures(classes)
        try RunFolder(output).createAlone()
        let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
        try classes.labelIds(of: classMap).writePNG(to: "\(output)/\(name)-labels.png")
        try pictures.overlay(classMap, over: image).writePNG(to: "\(output)/\(name)-overlay.png")
        print("\(path): \(pictures.shares(in: classMap)); \(output)/\(name)-overlay.png")
      }
    }
  }
}
