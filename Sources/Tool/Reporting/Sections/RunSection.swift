import Generalization
import Runs

/// Every run by itself: where and how it ran, its final figures, its recipe.
struct RunSection: ReportSection {
  static let title = "Runs"
  private let content: ReportContent

  init(_ content: ReportContent) { self.content = content }

  var body: HTML? {
    """
    \(remarks)
    \(runTable)
    <details><summary>Final figures of every run</summary>\(finalTable)</details>
    <h3>Recipes</h3>
    \(recipes)
    """
  }

  private var labelled: [(label: String, run: ReportedRun)] {
    Array(zip(content.labels, content.runs))
  }

  private var runTable: HTML {
    let rows = labelled.map { label, run in
      let results = run.results
      let chosen = results.map { "\($0.iteration) of \($0.iterations)" }
      let passedOver = run.unreadableLines > 0 ? "\(run.unreadableLines)" : "none"
      return [
        label, run.recipeName, results?.method ?? "–", results.map { "\($0.seed)" } ?? "–",
        results?.selectionLabel ?? "unfinished: newest figures",
        chosen ?? "\(run.steps.count) so far",
        results.map { FigureText.number($0.seconds, digits: 1) } ?? "–",
        run.start.device, run.start.version, run.start.started, passedOver,
      ]
    }
    let head = [
      "run", "recipe", "method", "seed", "selection", "iteration", "seconds", "device", "version",
      "started", "unreadable lines",
    ]
    return HTMLTable(head: head, rows: rows).html
  }

  /// What runs warn of, and why some ended early; nil where there is nothing to say.
  private var remarks: HTML? {
    let items = labelled.flatMap { label, run in
      run.remarks.map { "<li>\("\(label): \($0)")</li>" as HTML }
    }
    return items.isEmpty ? nil : "<ul class=\"remarks\">\(items)</ul>"
  }

  private var finalTable: HTML {
    let rows = labelled.flatMap { label, run in
      run.finalEvaluations.map { evaluation in
        [
          label, run.results?.method ?? "–", evaluation.title, evaluation.domain.rawValue,
          FigureText.percent(evaluation.headline), FigureText.percent(evaluation.accuracy),
        ]
          + HypersphericalEnergy.Power.allCases.map { power in
            evaluation.hse?[power].map { FigureText.number($0, digits: 4) } ?? "–"
          }
      }
    }
    let head =
      [
        "run", "method", "data set", "domain", content.headlineName, "accuracy",
      ] + HypersphericalEnergy.Power.allCases.map(\.title)
    return HTMLTable(head: head, rows: rows).html
  }

  private var recipes: [HTML] {
    labelled.compactMap { label, run in
      run.recipe.map {
        "<details><summary>\(label)</summary><pre tabindex=\"0\">\($0)</pre></details>"
      }
    }
  }
}
