import ArgumentParsing
import Datasets
import Imaging

/// `syn2real datasets check`
struct CheckDataset: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Show what a data set holds: images by class, sizes, unreadable and damaged files.",
    discussion: """
      A run stops at files that cannot be read, and here they make the exit code 1; damaged files can still be decoded, \
      but perhaps not to the intended picture. Images of more than 67108864 pixels are not read unless \
      the environment variable SYN2REAL_MAXIMUM_PIXELS allows more, here and in all other commands. For images with label \
      maps (folders images and labels, a list of names beside them, a split of Cityscapes, BDD100K or Mapillary Vistas, SYNTHIA or \
      UrbanSyn) it also shows the share of each class, every image and label map without its partner, and every pair that \
      does not fit.
      """)

  @Argument(
    help:
      "A folder of class folders, a folder with an image_list.txt, a list file, images with label maps, or tar shards such as renders-{000000..000127}.tar.",
    completion: .directory)
  var path: String

  func perform() throws {
    try DecodingLimits.requireValidVariable()
    if SegmentationDataset.isLaidOut(at: path) {
      let census = SegmentationCensus(of: try SegmentationDataset(withGapsAt: path))
      print(census)
      if !census.problems.isEmpty { throw ExitCode(1) }
    } else {
      let census = DatasetCensus(of: try ImageDataset(at: path))
      print(census)
      if !census.unreadable.isEmpty { throw ExitCode(1) }
    }
  }
}
