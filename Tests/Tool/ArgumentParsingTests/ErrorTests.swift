import ArgumentParsing
import Testing

@Suite("Errors and exit codes")
struct ErrorTests {
  @Test(
    "a usage error says what is wrong",
    arguments: [
      (["train"], "Missing expected argument '<recipe>'"),
      (["train", "r", "extra"], "Unexpected argument 'extra'"),
      (["train", "r", "a", "b"], "2 unexpected arguments: 'a', 'b'"),
      (["train", "r", "--ouput", "x"], "Unknown option '--ouput'. Did you mean '--output'?"),
      (["train", "r", "--hlep"], "Unknown option '--hlep'. Did you mean '--help'?"),
      (["train", "r", "--frobnicate"], "Unknown option '--frobnicate'"),
      (["train", "r", "-x"], "Unknown option '-x'"),
      (["train", "r", "--output"], "Missing value for '--output <output>'"),
      (["train", "r", "--output", "--json"], "Missing value for '--output <output>'"),
      (["train", "r", "--output", "--"], "Missing value for '--output <output>'"),
      (
        ["train", "r", "--json=yes"],
        "The option '--json' does not take any value, but 'yes' was specified."
      ),
      (["train", "r", "--lr", "fast"], "The value 'fast' is invalid for '--lr <lr>'"),
      (
        ["train", "r", "--method", "cgs"],
        "The value 'cgs' is invalid for '--method <method>'. Please provide one of 'csg', 'vanilla' or 'asg'."
      ),
      (["train", "r", "--random-seed", "-3"], "A seed must not be negative."),
      (["train", "r", "--device", "abacus"], "The device 'abacus' is not supported."),
      (["trian"], "Unknown subcommand 'trian'. Did you mean 'train'?"),
      (["frobnicate"], "Unknown subcommand 'frobnicate'"),
      (["help", "dataset"], "Unknown subcommand 'dataset'. Did you mean 'datasets'?"),
      (["--frobnicate"], "Unknown option '--frobnicate'"),
      (
        ["--generate-completion-script"], "Missing value for '--generate-completion-script <shell>'"
      ),
      (
        ["--generate-completion-script", "tcsh"],
        "The value 'tcsh' is invalid for '--generate-completion-script <shell>'. "
          + "Please provide one of 'bash', 'zsh' or 'fish'."
      ),
      (["train", "late"], "A late usage error."),
    ])
  func usageErrors(arguments: [String], message: String) {
    let outcome = Tool.outcome(of: arguments)
    #expect(outcome.standardError.split(separator: "\n").first ?? "" == "Error: \(message)")
    #expect(outcome.standardError.contains("\nUsage: syn2real"))
    #expect(outcome.standardOutput.isEmpty)
    #expect(outcome.exitCode.rawValue == 64)
  }

  @Test("a usage error shows the argument's help, the usage, and where to read more")
  func usageErrorLayout() {
    #expect(
      Tool.outcome(of: ["datasets", "make", "a", "-x"]).standardError == """
        Error: Unknown option '-x'
        Usage: syn2real datasets make [<name>] [<classes> ...]
          See 'syn2real datasets make --help' for more information.

        """)
    #expect(
      Tool.outcome(of: ["train"]).standardError.split(separator: "\n").dropFirst().first
        == "Help:  <recipe>  The recipe.")
  }

  @Test("a failure is one line and exit code 1")
  func failure() {
    #expect(
      Tool.outcome(of: ["train", "broken"])
        == CommandOutcome(
          standardError: "Error: broken: no such recipe\n", exitCode: .failure))
  }

  @Test("an exit code thrown leaves quietly")
  func exitCode() {
    #expect(Tool.outcome(of: ["train", "quiet"]) == CommandOutcome(exitCode: ExitCode(3)))
  }

  @Test("a command that runs leaves nothing to print and exit code 0")
  func success() {
    #expect(Tool.outcome(of: ["train", "r"]) == CommandOutcome())
  }

  @Test("a default subcommand takes the arguments")
  func defaultSubcommand() {
    #expect(Tool.outcome(of: ["datasets", "folder"]) == CommandOutcome())
    #expect(
      Tool.outcome(of: ["datasets"]).standardError.hasPrefix(
        "Error: Missing expected argument '<paths>'\nUsage: syn2real datasets check <paths> ..."))
  }
}
