/// The figures of `diagnose`: features on the circle and in the plane, with their table.
struct FeatureSection: ReportSection {
  static let title = "Features"
  private let diagnoses: [ReportedDiagnosis]

  init(_ content: ReportContent) { diagnoses = content.diagnoses }

  var body: HTML? {
    let parts = diagnoses.map { diagnosis -> HTML in
      let figures = diagnosis.figures.map { figure -> HTML in
        "<figure class=\"plot\"><img src=\"\(figure.address)\" alt=\"\(Self.words(figure.name))\"></figure>"
      }
      let table = diagnosis.table.map { table -> HTML in
        "<details><summary>Figures of \(diagnosis.folder)</summary><pre tabindex=\"0\">\(table)</pre></details>"
      }
      return "\(figures)\n\(table)"
    }
    guard !parts.isEmpty else { return nil }
    return "\(parts)"
  }

  private static func words(_ name: String) -> String {
    name.hasPrefix("hypersphere")
      ? "Features of each network on the unit circle with their density"
      : "Features of all data sets in the plane, by class"
  }
}
