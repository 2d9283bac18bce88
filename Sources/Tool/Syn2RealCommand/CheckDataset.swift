import ArgumentParsing
import Datasets
import Imaging

/// `syn2real datasets check`
struct CheckDataset: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say what a data set holds: images by class, sizes, unreadable and damaged files.",
    discussion: """
      Files that cannot be read are those a run stops at, and make the exit code 1; damaged ones can be decoded \
      nevertheless, perhaps to another picture than was meant. Images of more than 67108864 pixels are not read unless \
      the environment variable SYN2REAL_MAXIMUM_PIXELS allows more, here and in all other commands. Of images with label maps (folders images and labels, a list of names beside them, or a split of Cityscapes) the \
      share of each class, and pairs that do not fit.
      """)

  @Argument(
    help:
      "A folder of class folders, a folder with an image_list.txt, a list file, or images with label maps.",
    completion: .directory)
  var path: String

  func perform() throws {
    try DecodingLimits.requireValidVariable()
    if SegmentationDataset.isLaidOut(at: path) {
      let census = SegmentationCensus(of: try SegmentationDataset(at: path))
      print(census)
      if !census.problems.isEmpty { throw ExitCode(1) }
    } else {
      let census = DatasetCensus(of: try ImageDataset(at: path))
      print(census)
      if !census.unreadable.isEmpty { throw ExitCode(1) }
    }
  }
}
