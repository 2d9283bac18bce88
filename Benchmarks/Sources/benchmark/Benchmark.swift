import ArgumentParsing

/// Measures one case in a fresh process; compare.py alternates it with the peer's.
@main
struct Benchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "benchmark",
    abstract: "Measure one case and print one line of JSON.",
    subcommands: [
      Step.self, Evaluation.self, Dense.self, Scene.self, Loader.self, SceneLoader.self,
      Energy.self, Plane.self,
    ])
}
