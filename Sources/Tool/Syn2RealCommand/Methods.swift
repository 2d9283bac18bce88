import ArgumentParsing
import Inference

/// `syn2real methods`
struct Methods: Subcommand {
  static let configuration = CommandConfiguration(
    abstract: "List the methods and their settings.",
    discussion: """
      A recipe names one as method.name and its settings beside it: method: {name: csg, lambda: 0.2}. What it does not \
      say has the value shown.
      """)

  @Flag(help: "Print the list as JSON.")
  var json = false

  func perform() throws {
    let summaries = CommandContext.current.registry.methods.map(MethodSummary.init)
    print(json ? try MethodTable.json(summaries) : MethodTable.text(summaries), terminator: "")
  }
}
