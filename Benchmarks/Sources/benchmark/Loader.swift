import ArgumentParsing
import Datasets
import Imaging

/// `benchmark loader`: two RandAugment(1, 6) views of each image of a folder, by one worker thread.
struct Loader: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Time the loading of batches.")

  @Argument(help: "A folder of class folders.")
  var folder: String

  @OptionGroup var batches: LoadedBatches

  @OptionGroup var measure: MeasureOptions

  func run() throws {
    try batches.report(
      ClassificationSamples(
        ImageDataset(at: folder), preparation: .augmented(RandAugment(), seed: 0),
        size: batches.size, needsKeyView: true, normalization: .imageNet), measure)
  }
}
