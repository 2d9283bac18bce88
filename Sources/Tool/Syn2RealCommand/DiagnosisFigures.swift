import Analysis
import Backbones
import Files
import Foundation
import Generalization
import Reporting
import Tables
import Training

/// The figures of a diagnosis, two for each stage.
struct DiagnosisFigures {
  private let diagnosis: Diagnosis
  private let layout: PlaneLayout

  init(_ diagnosis: Diagnosis, _ layout: PlaneLayout) {
    self.diagnosis = diagnosis
    self.layout = layout
  }

  /// Draws `hypersphere` and `scatter` into `folder`; with several stages the names end in the stage, such as `-layer4`.
  /// - Throws: `PlotError`.
  func draw(by gnuplot: Gnuplot, as formats: [FigureFormat], into folder: String) throws {
    let stages = diagnosis.scatters.map(\.stage).uniqued
    for stage in stages {
      let suffix = stages.count > 1 ? "-\(stage)" : ""
      for format in formats {
        let path = { (name: String) in "\(folder)/\(name)\(suffix).\(format.rawValue)" }
        try gnuplot.draw(hypersphere(stage), as: format, to: path("hypersphere"))
        try gnuplot.draw(scatter(stage), as: format, to: path("scatter"))
      }
    }
  }

  /// Removes the figures of an earlier diagnosis from `folder`: a report would show them beside the new table.
  /// - Throws: `PlotError.unwritable` where one cannot be removed.
  static func removeFormer(from folder: String) throws(PlotError) {
    let stems = ["hypersphere", "scatter"].flatMap { name in
      [name] + Stage.allCases.map { "\(name)-\($0)" }
    }
    let files = stems.flatMap { stem in
      FigureFormat.allCases.map { "\(folder)/\(stem).\($0.rawValue)" }
    }
    for path in files where FileManager.default.fileExists(atPath: path) {
      do {
        try FileSystem.current.remove(path)
      } catch {
        throw .unwritable(path: path, reason: error.reason)
      }
    }
  }

  private func hypersphere(_ stage: String) -> HypersphereFigure {
    let pictures = diagnosis.circles.filter { $0.stage == stage }
    let sets = pictures.map(\.dataset).uniqued
    return HypersphereFigure(
      networks: pictures.map(\.network).uniqued, sets: sets.map(diagnosis.shortName),
      panels: sets.map { set in
        pictures.filter { $0.dataset == set }.map { picture in
          HypersphereFigure.Panel(
            title: String(format: "HSE 0 = %.3f", picture.energy)
              .replacing("-", with: "−"),
            points: picture.points.map(PlotPoint.init), density: picture.density,
            angularDensity: picture.angularDensity)
        }
      }, reach: CirclePicture.reach,
      caption: """
        Features of \(stage), averaged over space and scaled to norm 1: their first two principal components, of each \
        panel's own features, scaled to the circle. Density by Gaussian kernels of bandwidth \
        \(CirclePicture.bandwidth), in the plane and, below, along the angle; one scale for all panels. HSE 0 is the \
        hyperspherical energy of the features themselves: lower means more diverse.
        """)
  }

  private func scatter(_ stage: String) -> ScatterFigure {
    let pictures = diagnosis.scatters.filter { $0.stage == stage }
    let points = pictures.flatMap(\.points)
    let sets = points.map(\.dataset).uniqued
    let classes = points.compactMap(\.className).uniqued
    let shown = pictures.first?.points.count ?? 0
    let method =
      switch layout {
      case .tsne:
        String(
          format: "t-SNE (perplexity %.3g, begun at the first two principal components)",
          NeighborEmbedding.perplexity(among: shown))
      case .pca: "The first two principal components"
      }
    return ScatterFigure(
      panels: pictures.map { picture in
        .init(
          title: picture.network,
          points: picture.points.map { point in
            .init(
              PlotPoint(point.place), group: point.className.flatMap { classes.firstIndex(of: $0) },
              set: sets.firstIndex(of: point.dataset) ?? 0)
          })
      }, groups: classes, sets: sets.map(diagnosis.shortName),
      caption: "\(method) of \(shown) features of \(stage), averaged over space and scaled to "
        + "norm 1; each panel by itself.")
  }
}

extension PlotPoint {
  fileprivate init(_ point: PlanePoint) {
    self.init(x: point.x, y: point.y)
  }
}
