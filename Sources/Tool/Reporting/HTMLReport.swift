import Files
import Foundation

/// Runs side by side in one self-contained HTML file: figures, curves, classes, recipes.
public struct HTMLReport {
  let runs: [ReportedRun]

  /// Reads the folders of one or more runs.
  ///
  /// An unfinished run is shown with its newest figures; half-written lines are skipped and counted.
  /// Throws where a folder lacks a file that every run has, or a file has unexpected content.
  public init(runs folders: [String]) throws(ReportError) {
    guard !folders.isEmpty else { throw .noRuns }
    var runs: [ReportedRun] = []
    for folder in folders { runs.append(try ReportedRun(folder: folder)) }
    self.runs = runs
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

  /// The report.
  public var html: String {
    let title = uniqued(runs.map(\.recipeName)).joined(separator: ", ")
    return """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(Self.policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(title.escaped) – syn2real</title>
      <style>\(Self.style)</style></head><body>
      <h1>\(title.escaped)</h1>
      \(sections.joined(separator: "\n"))
      </body></html>

      """
  }

  /// The names of the runs: the names of their folders, or the whole paths if two folders have the same name.
  var labels: [String] {
    let names = runs.map { URL(filePath: $0.folder).lastPathComponent }
    return Set(names).count == names.count ? names : runs.map(\.folder)
  }

  /// The values without repetitions, in the order of their first occurrence.
  func uniqued(_ values: [String]) -> [String] {
    var seen: Set<String> = []
    return values.filter { seen.insert($0).inserted }
  }

  /// What a browser may do with the report: show it, but load, send and run nothing.
  private static let policy =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

  private static let style = """
    body{font:15px/1.5 system-ui,sans-serif;color:#1c1c1e;max-width:76rem;margin:2rem auto;padding:0 1rem}
    h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2.2rem}h3{font-size:1rem}
    .wide{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums}
    table{font-size:.87rem}
    th,td{padding:.25rem .5rem;text-align:right;vertical-align:baseline;border-bottom:1px solid #ddd}
    th[scope=row],th:first-child{text-align:left}thead th{vertical-align:bottom;border-bottom:2px solid #888}
    .legend{display:flex;flex-wrap:wrap;gap:.3rem 1.4rem;padding:0;list-style:none}
    .legend svg{width:28px;height:8px;margin-right:.4rem;vertical-align:middle}
    .charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(26rem,1fr));gap:1rem}
    figure{margin:0}figcaption{font-weight:600;overflow-wrap:anywhere}svg text{font-size:11px;fill:#444}
    .grid{stroke:#e4e4e4}.axis{stroke:#888;fill:none}
    .line{fill:none;stroke-width:1.6;stroke-linejoin:round;stroke-linecap:round}
    pre{background:#f5f5f5;padding:1rem;overflow-x:auto}
    """
}
