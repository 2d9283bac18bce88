import ArgumentParsing

struct Tool: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "syn2real",
    abstract: "Train on synthetic images, judge on real ones.",
    version: "1.2.3",
    subcommands: [Train.self, Datasets.self])
}

enum Method: String, CaseIterable, ExpressibleByArgument {
  case csg, vanilla, asg
}

struct DeviceOptions: ParsableArguments {
  @Option(help: "Where to compute.") var device = "auto"

  func validate() throws {
    if device == "abacus" { throw ValidationError("The device 'abacus' is not supported.") }
  }
}

struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train a network.",
    discussion: """
      The recipe names the data, the network and the method; what it leaves out has a default, and every \
      value that had an effect is written to the run's folder.

        syn2real train recipe.yaml --set seed=1
      """)

  @Argument(help: "The recipe.", completion: .file()) var recipe: String

  @Option(
    name: [.customLong("set"), .customShort("s")],
    help: ArgumentHelp(
      "Replace a value of the recipe; may be given often.", valueName: "key=value"),
    completion: .list(["seed=", "train.epochs=", "train.batch_size="]))
  var overrides: [String] = []

  @Option(name: .shortAndLong, help: "The run's folder.", completion: .directory)
  var output: String?

  @Option(help: "The method, instead of the one the recipe names, for a quick comparison.")
  var method = Method.csg

  @Option(help: "The stages.", completion: .separatedList(["layer3", "layer4"])) var stages: String?

  @Option(name: .customLong("lr")) var learningRate: Double?

  @Option(help: "The seed.") var randomSeed = 0

  @Flag(name: .shortAndLong, help: "Say more.") var verbose = false

  @Flag(help: "Write the results as JSON.") var json = false

  @OptionGroup var deviceOptions: DeviceOptions

  func validate() throws {
    if randomSeed < 0 { throw ValidationError("A seed must not be negative.") }
  }

  func run() throws {
    switch recipe {
    case "broken": throw Failure(description: "broken: no such recipe")
    case "quiet": throw ExitCode(3)
    case "late": throw ValidationError("A late usage error.")
    default: break
    }
  }
}

struct Failure: Error, CustomStringConvertible {
  let description: String
}

struct Datasets: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make and check data sets.", subcommands: [Make.self, Check.self],
    defaultSubcommand: Check.self)
}

struct Make: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Make a data set's folders.")
  @Argument(help: "Its name.") var name: String?
  @Argument var classes: [String] = []
}

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Count what a folder holds.")
  @Argument(completion: .directory) var paths: [String]
  func run() {}
}
