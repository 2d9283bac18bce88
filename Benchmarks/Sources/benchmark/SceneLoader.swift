import ArgumentParsing
import Datasets
import Imaging

/// `benchmark scene-loader`: a mirrored, scaled crop of each scene of a folder with its labels, and the same crop in
/// other colours, by one worker thread.
struct SceneLoader: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Time the loading of scenes.")

  @Argument(help: "A folder of images and label maps.")
  var folder: String

  @OptionGroup var batches: LoadedBatches

  @OptionGroup var measure: MeasureOptions

  func run() throws {
    try batches.report(
      SegmentationSamples(
        SegmentationDataset(at: folder), preparation: .augmented(SceneAugmentation(), seed: 0),
        size: batches.size, needsKeyView: true, normalization: .imageNet), measure)
  }
}
