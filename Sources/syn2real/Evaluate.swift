import ArgumentParsing
import Backbones
import Datasets
import Torch
import Training

/// `syn2real evaluate`
struct Evaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Judge a checkpoint on data.",
    discussion: """
      Prints accuracy by class, their mean, overall accuracy and the hyperspherical energy of the features for \
      every data set named.
      """)

  @Argument(help: "A checkpoint that train wrote.", completion: .file())
  var checkpoint: String

  @Option(
    help: .init(
      "A folder of class folders, a folder with an image_list.txt, or a list file; may be repeated.",
      valueName: "path"),
    completion: .directory)
  var data: [String]

  @OptionGroup var compute: ComputeOptions

  @Flag(help: "Print the figures as JSON.")
  var json = false

  func run() throws {
    let device = try compute.prepare()
    let trained = try TrainedClassifier(checkpoint: checkpoint, device: device)
    let records = try data.map { path in
      try trained.evaluate(on: ImageDataset(at: path))
    }
    if json {
      print(try records.json(), terminator: "")
    } else {
      print(records.map(EvaluationTable.text).joined(separator: "\n"), terminator: "")
    }
  }
}
