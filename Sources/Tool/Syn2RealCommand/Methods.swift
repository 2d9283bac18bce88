import ArgumentParsing
import Inference

/// `syn2real methods`
struct Methods: Subcommand {
  static let configuration = CommandConfiguration(
    abstract: "List the methods and their settings.",
    discussion: """
      A recipe names a method as method.name, with its settings beside it: method: {name: csg, lambda: 0.2}. Settings that \
      it leaves out have the values shown.
      """)

  @Flag(help: "Print the list as JSON.")
  var json = false

  func perform() throws {
    let summaries = CommandContext.current.registry.methods.map(MethodSummary.init)
    print(json ? try MethodTable.json(summaries) : MethodTable.text(summaries), terminator: "")
  }
}
