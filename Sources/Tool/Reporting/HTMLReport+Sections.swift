import Foundation
import Generalization
import Runs

extension HTMLReport {
  /// The report's parts, top to bottom.
  var sections: [String] {
    [runTable, remarks, finalTable, calibration, curves, classTables, recipes]
  }

  private var runTable: String {
    let rows = zip(labels, runs).map { label, run in
      let results = run.results
      let chosen = results.map { "\($0.iteration) of \($0.iterations)" }
      let passedOver = run.unreadableLines > 0 ? "\(run.unreadableLines)" : "none"
      return [
        label, run.recipeName, results?.method ?? "–", results.map { "\($0.seed)" } ?? "–",
        results?.selectionLabel ?? "unfinished: newest figures",
        chosen ?? "\(run.steps.count) so far",
        results.map { String(format: "%.1f", $0.seconds) } ?? "–",
        run.start.device, run.start.version, run.start.started, passedOver,
      ]
    }
    let head = [
      "run", "recipe", "method", "seed", "selection", "iteration", "seconds", "device", "version",
      "started", "unreadable lines",
    ]
    return "<h2>Runs</h2>\n" + HTMLTable(head: head, rows: rows).html
  }

  /// What runs warn of, and why some ended early; empty where there is nothing to say.
  private var remarks: String {
    let items = zip(labels, runs).flatMap { label, run in
      run.remarks.map { "<li>\("\(label): \($0)".escaped)</li>" }
    }
    return items.isEmpty ? "" : "<h2>Remarks</h2>\n<ul class=\"remarks\">\(items.joined())</ul>"
  }

  private var finalTable: String {
    let rows = zip(labels, runs).flatMap { label, run in
      run.finalEvaluations.map { evaluation in
        [
          label, run.results?.method ?? "–", evaluation.title, evaluation.domain.rawValue,
          percent(evaluation.headline), percent(evaluation.accuracy),
        ]
          + HypersphericalEnergy.Power.allCases.map { power in
            evaluation.hse?[power].map { String(format: "%.4f", $0) } ?? "–"
          }
      }
    }
    let head =
      [
        "run", "method", "data set", "domain", headlineName, "accuracy",
      ] + HypersphericalEnergy.Power.allCases.map(\.title)
    return "<h2>Final figures</h2>\n" + HTMLTable(head: head, rows: rows).html
  }

  private var curves: String {
    let legend = zip(labels, 0...).map { label, run in
      "<li><svg viewBox=\"0 0 28 8\"><path class=\"line\" \(LineChart.stroke(ofRun: run)) "
        + "d=\"M1 4H27\"/></svg>\(label.escaped)</li>"
    }
    let figures = (stepCharts + evaluationCharts).compactMap(\.html)
    return """
      <h2>Curves</h2>
      <ul class="legend">\(legend.joined())</ul>
      <div class="charts">
      \(figures.joined(separator: "\n"))
      </div>
      """
  }

  private var stepCharts: [LineChart] {
    let names = Set(runs.flatMap(\.steps).flatMap(\.figures.keys)).sorted()
    let first = ["loss", "loss_task"]
    let terms = names.filter { $0.hasPrefix("loss_") && !first.contains($0) }
    let shares = names.filter { $0.hasPrefix("nce_top1") }
    let norms = names.filter { $0 == "gradient_norm" }
    return (first + terms + ["lr"] + norms + shares).map { name in
      LineChart(
        title: name,
        curves: runs.enumerated().map { Curve(run: $0, points: $1.curve(of: name)) },
        isPercent: shares.contains(name))
    }
  }

  private var evaluationCharts: [LineChart] {
    let figures: [(String, KeyPath<EvaluationRecord, Double>)] = [
      (headlineName, \.headline), ("accuracy", \.accuracy),
    ]
    return uniqued(runs.flatMap(\.evaluations).map(\.title)).flatMap { title in
      figures.map { name, figure in
        LineChart(
          title: "\(name), \(title)",
          curves: runs.enumerated().map {
            Curve(run: $0, points: $1.curve(of: figure, titled: title))
          },
          isPercent: true)
      }
    }
  }

  private var classTables: String {
    let titles = uniqued(runs.flatMap(\.finalEvaluations).map(\.title))
    let tables = titles.map { title in
      let columns = runs.map { run in
        run.finalEvaluations.first { $0.title == title }?.classFigures ?? [:]
      }
      let rows = Set(columns.flatMap(\.keys)).sorted().map { name in
        [name] + columns.map { $0[name].map(percent) ?? "–" }
      }
      return "<h3>\(title.escaped)</h3>\n" + HTMLTable(head: ["class"] + labels, rows: rows).html
    }
    let name = isOfSegmentation ? "Intersection over union" : "Accuracy"
    return "<h2>\(name) by class</h2>\n" + tables.joined(separator: "\n")
  }

  /// The calibration errors and a chart of accuracy over confidence for each data set; empty where no run has probabilities.
  private var calibration: String {
    let rows = zip(labels, runs).flatMap { label, run in
      run.finalEvaluations.compactMap { evaluation -> [String]? in
        guard let figures = evaluation.probabilities else { return nil }
        return [
          label, evaluation.dataset, percent(figures.error),
          figures.temperature.map { String(format: "%.3f", $0) } ?? "not calibrated",
          figures.calibratedError.map(percent) ?? "–",
        ]
      }
    }
    guard !rows.isEmpty else { return "" }
    let head = [
      "run", "data set", "calibration error, raw", "temperature", "calibration error with it",
    ]
    let charts = uniqued(runs.flatMap(\.finalEvaluations).map(\.dataset)).map { dataset in
      LineChart(
        title: "accuracy by confidence, \(dataset)",
        curves: runs.enumerated().map { index, run in
          let figures = run.finalEvaluations.first { $0.dataset == dataset }?.probabilities
          return Curve(run: index, points: figures?.curve ?? [])
        },
        isPercent: true, horizontalName: "confidence")
    }
    return """
      <h2>Calibration</h2>
      \(HTMLTable(head: head, rows: rows).html)
      <div class="charts">
      \(charts.compactMap(\.html).joined(separator: "\n"))
      </div>
      """
  }

  private var recipes: String {
    let details = zip(labels, runs).map { label, run in
      "<details><summary>\(label.escaped)</summary><pre>\(run.recipe.escaped)</pre></details>"
    }
    return "<h2>Recipes</h2>\n" + details.joined(separator: "\n")
  }

  private var isOfSegmentation: Bool {
    runs.contains { $0.evaluations.contains { $0.meanIoU != nil } }
  }

  private var headlineName: String { isOfSegmentation ? "mean IoU" : "mean-class accuracy" }

  private func percent(_ figure: Double) -> String {
    String(format: "%.1f %%", 100 * figure)
  }
}
