import ArgumentParsing
import Datasets

/// `syn2real datasets check`
struct CheckDataset: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say what a data set holds: images by class, sizes, unreadable files.")

  @Argument(
    help: "A folder of class folders, a folder with an image_list.txt, or a list file.",
    completion: .directory)
  var path: String

  func run() throws {
    let census = DatasetCensus(of: try ImageDataset(at: path))
    print(census)
    if !census.unreadable.isEmpty { throw ExitCode(1) }
  }
}
