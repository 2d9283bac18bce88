import ArgumentParsing
import Testing

@Suite("Help")
struct HelpTests {
  private static let rootHelp = """
    OVERVIEW: Train on synthetic images, judge on real ones.

    USAGE: syn2real <subcommand>

    OPTIONS:
      --version               Show the version.
      -h, --help              Show help information.

    SUBCOMMANDS:
      train                   Train a network.
      datasets                Make and check data sets.

      See 'syn2real help <subcommand>' for detailed help.

    """

  @Test(
    "the root's help, however it is asked for",
    arguments: [[], ["--help"], ["-h"], ["help"], ["help", "--help"]])
  func root(arguments: [String]) {
    #expect(Tool.outcome(of: arguments) == CommandOutcome(standardOutput: Self.rootHelp))
  }

  @Test(
    "a subcommand's help, wrapped to 80 columns",
    arguments: [
      ["train", "--help"], ["train", "-h"], ["help", "train"], ["train", "r", "--set", "a", "-h"],
    ])
  func subcommand(arguments: [String]) {
    let outcome = Tool.outcome(of: arguments)
    #expect(
      outcome.standardOutput == """
        OVERVIEW: Train a network.

        The recipe names the data, the network and the method; what it leaves out has a
        default, and every value that had an effect is written to the run's folder.

          syn2real train recipe.yaml --set seed=1

        USAGE: syn2real train <recipe> [--set <key=value> ...] [--output <output>]
               [--method <method>] [--stages <stages>] [--lr <lr>]
               [--random-seed <random-seed>] [--verbose] [--json] [--device <device>]

        ARGUMENTS:
          <recipe>                The recipe.

        OPTIONS:
          -s, --set <key=value>   Replace a value of the recipe; may be given often.
          -o, --output <output>   The run's folder.
          --method <method>       The method, instead of the one the recipe names, for a
                                  quick comparison. (values: csg, vanilla, asg; default:
                                  csg)
          --stages <stages>       The stages.
          --lr <lr>
          --random-seed <random-seed>
                                  The seed. (default: 0)
          -v, --verbose           Say more.
          --json                  Write the results as JSON.
          --device <device>       Where to compute. (default: auto)
          --version               Show the version.
          -h, --help              Show help information.

        """)
    #expect(outcome.exitCode == .success)
  }

  @Test("a nested group's help names its path and its default")
  func nested() {
    let help = Tool.outcome(of: ["help", "datasets"]).standardOutput
    #expect(help.contains("  check (default)         Count what a folder holds.\n"))
    #expect(help.contains("See 'syn2real help datasets <subcommand>' for detailed help."))
  }

  @Test("the version is printed, also below the command that has it", arguments: [[], ["train"]])
  func version(command: [String]) {
    #expect(
      Tool.outcome(of: command + ["--version"]) == CommandOutcome(standardOutput: "1.2.3\n"))
  }

  @Test("a command's own -h is not help")
  func ownShortName() throws {
    struct Resize: ParsableCommand {
      @Option(name: .shortAndLong) var height: Int
      func run() {}
    }
    #expect(try Resize.parse(["-h", "3"]).height == 3)
    #expect(Resize.outcome(of: ["--help"]).standardOutput.contains("\n  --help  "))
  }

  @Test("more than a dozen options are not listed in the usage line")
  func manyOptions() {
    struct Many: ParsableCommand {
      @Argument var file: String
      @Flag var one = false
      @Flag var two = false
      @Flag var three = false
      @Flag var four = false
      @Flag var five = false
      @Flag var six = false
      @Flag var seven = false
      @Flag var eight = false
      @Flag var nine = false
      @Flag var ten = false
      @Flag var eleven = false
      @Flag var twelve = false
      @Flag var thirteen = false
    }
    let help = Many.outcome(of: ["--help"]).standardOutput
    #expect(help.hasPrefix("USAGE: many <options> <file>\n"))
  }
}
