import Runs
import Tables

/// Losses, rates and figures of evaluations over the iterations.
struct CurvesSection: ReportSection {
  static let title = "Curves"
  private let content: ReportContent

  init(_ content: ReportContent) { self.content = content }

  var body: HTML? {
    let charts = (evaluationCharts + stepCharts).compactMap(\.html)
    guard !charts.isEmpty else { return nil }
    let several = content.systems.contains { $0.runs.count > 1 }
    let each: HTML =
      several
      ? "<label><input type=\"checkbox\" id=\"each-run\"> every run</label>" : ""
    let legend: HTML =
      several
      ? "<p>Lines are means over the runs of a method, bands one standard deviation to both sides.</p>"
      : ""
    return """
      \(legend)
      <div class="controls"><label>smoothing <input type="range" id="smoothing" min="0" max="0.98" step="0.02" value="0">\
      <output for="smoothing">0</output></label>\(each)</div>
      <div class="charts">
      \(charts)
      </div>
      """
  }

  private var stepCharts: [LineChart] {
    let names = Set(content.runs.flatMap(\.steps).flatMap(\.figures.keys)).sorted()
    let first = ["loss", "loss_task"]
    let terms = names.filter { $0.hasPrefix("loss_") && !first.contains($0) }
    let shares = names.filter { $0.hasPrefix("nce_top1") || $0 == "training_accuracy" }
    let norms = names.filter { $0 == "gradient_norm" }
    return (first + terms + ["lr"] + norms + shares).map { name in
      chart(name, isPercent: shares.contains(name)) { $0.curve(of: name) }
    }
  }

  private var evaluationCharts: [LineChart] {
    let figures: [(String, KeyPath<EvaluationRecord, Double>)] = [
      (content.headlineName, \.headline), ("accuracy", \.accuracy),
    ]
    let titles = content.runs.flatMap(\.evaluations).map(\.title).uniqued
    return titles.flatMap { title in
      figures.map { name, figure in
        chart("\(name), \(content.name(of: title))", isPercent: true) {
          $0.curve(of: figure, titled: title)
        }
      }
    }
  }

  private func chart(
    _ title: String, isPercent: Bool, _ points: (ReportedRun) -> [Curve.Point]
  ) -> LineChart {
    LineChart(
      title: title,
      curves: content.systems.map { system in
        SystemCurves(system, system.runs.map { Curve(points($0)) })
      }, isPercent: isPercent)
  }
}
