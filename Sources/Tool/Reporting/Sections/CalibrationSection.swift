import Analysis
import Generalization

/// How far stated confidence may be trusted, where there are probabilities: accuracy over confidence and calibration errors.
struct CalibrationSection: ReportSection {
  static let title = "Calibration"
  private let content: ReportContent

  init(_ content: ReportContent) { self.content = content }

  var body: HTML? {
    let rows = content.systems.flatMap { system in
      content.titles.compactMap { title -> [String]? in
        let figures = system.finals(titled: title).compactMap(\.probabilities)
        guard !figures.isEmpty else { return nil }
        let percents = { (values: [Double]) in
          FigureText.spread(Spread(values.map { 100 * $0 }), digits: 1)
        }
        let temperatures = figures.compactMap(\.temperature)
        return [
          system.name, content.name(of: title), percents(figures.map(\.error)),
          temperatures.isEmpty
            ? "not calibrated" : FigureText.spread(Spread(temperatures), digits: 3),
          percents(figures.compactMap(\.calibratedError)),
        ]
      }
    }
    guard !rows.isEmpty else { return nil }
    let head = [
      "method", "data set", "calibration error in %, raw", "temperature", "error with it",
    ]
    let charts = content.titles.map { title in
      LineChart(
        title: "accuracy by confidence, \(content.name(of: title))",
        curves: content.systems.map { system in
          let figures = system.finals(titled: title).compactMap(\.probabilities)
          return SystemCurves(system, [Curve(figures.map(\.reliability).curve)])
        },
        isPercent: true, horizontalName: "confidence", isReliability: true)
    }
    return """
      <p>On the dotted line a confidence of 80 % is right 80 times of 100; below it the network claims too much. Runs of a method are counted together.</p>
      <div class="charts">
      \(charts.compactMap(\.html))
      </div>
      \(ResultTable(head: head, rows: rows).html)
      """
  }
}
