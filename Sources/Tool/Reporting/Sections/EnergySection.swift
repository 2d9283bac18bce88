import Generalization

/// Hyperspherical energy beside accuracy on the data sets that are not trained on: the paper's Table 1 as a picture.
struct EnergySection: ReportSection {
  static let title = "Energy and accuracy"
  private let content: ReportContent

  init(_ content: ReportContent) { self.content = content }

  var body: HTML? {
    let foreign = content.titles.filter { content.domain(of: $0) != .synthetic }
    let charts = (foreign.isEmpty ? content.titles : foreign).compactMap { chart($0).html }
    guard !charts.isEmpty else { return nil }
    return """
      <p>Hyperspherical energy (HSE 0) of the features of the last stage, averaged over space: lower means more diverse.</p>
      <div class="charts">
      \(charts)
      </div>
      """
  }

  private func chart(_ title: String) -> ScatterChart {
    ScatterChart(
      title: content.name(of: title), horizontalName: HypersphericalEnergy.Power.zero.title,
      verticalName: content.headlineName,
      groups: content.systems.map { system in
        ScatterChart.Group(
          system: system,
          points: system.finals(titled: title).compactMap { record -> (x: Double, y: Double)? in
            guard let energy = record.hse?[.zero], energy.isFinite, record.headline.isFinite else {
              return nil
            }
            return (x: energy, y: record.headline)
          })
      })
  }
}
