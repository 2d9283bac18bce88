import Foundation

/// A run as read from its folder; an unfinished run has no `results.json`.
struct ReportedRun {
  let folder: String
  let recipe: String
  let environment: Environment
  let steps: [StepFigures]
  let evaluations: [EvaluationFigures]
  let results: FinalFigures?
  let unreadableLines: Int

  struct Environment: Decodable {
    let version: String?
    let device: String?
    let started: String?
    let commandLine: [String]?

    private enum CodingKeys: String, CodingKey {
      case version
      case device
      case started
      case commandLine = "command_line"
    }
  }

  init(folder: String) throws(ReportError) {
    let files = RunFiles(folder: folder)
    self.folder = folder
    recipe = try files.text("recipe.yaml")
    environment = try files.document("environment.json", as: Environment.self)
    let metrics = try files.lines("metrics.jsonl", of: StepFigures.self)
    let evaluations = try files.lines("evaluations.jsonl", of: EvaluationFigures.self)
    steps = metrics.values
    self.evaluations = evaluations.values
    unreadableLines = metrics.unreadable + evaluations.unreadable
    results =
      files.holds("results.json")
      ? try files.document("results.json", as: FinalFigures.self) : nil
  }

  /// The name of the recipe's file. If the command line has several, the one with which the folder's name begins; if there is
  /// none, the name of the folder.
  var recipeName: String {
    let folderName = URL(filePath: folder).lastPathComponent
    let names = (environment.commandLine ?? [])
      .filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }
      .map { URL(filePath: $0).deletingPathExtension().lastPathComponent }
    if names.count == 1 { return names[0] }
    return names.filter(folderName.hasPrefix).max { $0.count < $1.count } ?? folderName
  }

  /// The final figures, or before these exist, the figures of the newest evaluation of each data set.
  var finalEvaluations: [EvaluationFigures] {
    if let results { return results.evaluations }
    let newest = evaluations.map(\.iteration).max()
    return evaluations.filter { $0.iteration == newest }
  }

  /// The curve of a figure over all steps that have it.
  func curve(of name: String) -> [Curve.Point] {
    steps.compactMap { step in
      step.figures[name].map { Curve.Point(iteration: step.iteration, value: $0) }
    }
  }

  /// The curve of a figure over all evaluations on a data set.
  func curve(
    of figure: KeyPath<EvaluationFigures, Figure>, on dataset: String
  ) -> [Curve.Point] {
    evaluations.filter { $0.dataset == dataset }.map {
      Curve.Point(iteration: Double($0.iteration), value: $0[keyPath: figure].value)
    }
  }
}
