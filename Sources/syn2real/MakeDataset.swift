import ArgumentParsing
import Datasets

/// `syn2real datasets make`
struct MakeDataset: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "make",
    abstract: "Make an embedded data set as ordinary image folders.",
    discussion: """
      drawings-photographs: drawings of the Debian package openclipart-png to train on, photographs of \
      tuxpaint-stamps-default to judge on. A set that is already made is left as it is.
      """)

  /// The embedded data sets.
  enum Name: String, CaseIterable, ExpressibleByArgument {
    case drawingsPhotographs = "drawings-photographs"
  }

  @Argument(help: "The data set.")
  var name: Name

  @Option(help: .init("Where to write it.", valueName: "folder"), completion: .directory)
  var output: String?

  @Option(
    help: .init(
      "What stands behind the cut-out pictures.", valueName: "white|black|gray|#rrggbb|random"))
  var background = "white"

  @Option(help: .init("The side of the square pictures.", valueName: "pixels"))
  var size = 160

  func run() throws {
    guard let background = DrawingsPhotographs.Background(background) else {
      throw ValidationError(
        "--background takes white, black, gray, #rrggbb or random, not '\(background)'.")
    }
    print(
      try DrawingsPhotographs.make(
        at: output ?? "Data/\(name.rawValue)", background: background, size: size))
  }
}
