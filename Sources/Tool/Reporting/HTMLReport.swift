import Analysis
import Files
import Foundation
import Registry
import Torch

/// Runs side by side in one self-contained HTML file: comparison, curves, classes, confusion, calibration, features, recipes.
public struct HTMLReport {
  private let content: ReportContent

  /// Reads the folders of one or more runs.
  ///
  /// An unfinished run is shown with its newest figures; half-written lines are skipped and counted.
  /// Throws where a folder lacks a file that every run has, or a file has unexpected content.
  /// - Parameters:
  ///   - table: the comparison of the runs; nil to make one of those that are finished.
  ///   - diagnoses: folders that `diagnose` wrote; those without a diagnosis are passed over.
  ///   - pictures: how many pictures are shown; nil for none.
  ///   - device: where the networks look at them.
  ///   - registry: the backbones that checkpoints can name.
  public init(
    runs folders: [String], table: ComparisonTable? = nil, diagnoses: [String] = [],
    pictures: PictureSets.Options? = nil, device: Device = .cpu, registry: Registry = .standard
  ) throws(ReportError) {
    guard !folders.isEmpty else { throw .noRuns }
    var runs: [ReportedRun] = []
    for folder in folders { runs.append(try ReportedRun(folder: folder)) }
    content = ReportContent(
      runs, table: table, diagnoses: diagnoses.compactMap { ReportedDiagnosis(in: $0) }
    ) { systems in
      PictureSets(
        of: pictures == nil ? [] : systems, pictures ?? .init(), device: device, registry: registry)
    }
  }

  /// Writes the report, whole or not at all.
  /// - Throws: `ReportError.overwrites` where the file exists and is not an HTML page, `.unwritable`.
  public func write(to path: String) throws(ReportError) {
    if let former = FileManager.default.contents(atPath: path), !former.isEmpty,
      !former.starts(with: Data("<!DOCTYPE html>".utf8))
    {
      throw .overwrites(path: path)
    }
    do {
      try FileSystem.current.replace(path, with: html.utf8)
    } catch {
      throw .unwritable(path: path, reason: error.reason)
    }
  }

  /// Writes the first of the pictures as TensorBoard events into the folder of the run of each system that judged them.
  /// - Throws: `ReportError.unwritable`.
  public func writeEvents() throws(ReportError) {
    for (system, run) in zip(content.systems, content.judgingRuns) {
      guard let run else { continue }
      do {
        try PictureEvents(of: content.pictures, system: system.index, named: system.name)
          .write(into: run.folder, after: run.finalIteration)
      } catch {
        throw .unwritable(path: "\(run.folder)/events.out.tfevents.*", reason: "\(error)")
      }
    }
  }

  /// The report.
  public var html: String { Page(content: content).html.source }

  /// Whether `folder` holds what `diagnose` wrote.
  public static func isDiagnosis(_ folder: String) -> Bool { ReportedDiagnosis.isThere(in: folder) }
}
