import Foundation
import Runs

/// What `diagnose` wrote into a folder: figures of features, and their table.
struct ReportedDiagnosis {
  /// A figure, ready to stand in a page.
  struct Figure {
    let name: String
    /// As a `data:` address. A browser shows a picture that comes so, but runs nothing in it.
    let address: String
  }

  let folder: String
  let figures: [Figure]
  /// The table of energies, gaps and other figures as text.
  let table: String?

  /// The diagnosis in a folder; nil where there is none.
  init?(in folder: String) {
    guard Self.isThere(in: folder) else { return nil }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    self.folder = folder
    figures = names.sorted().compactMap { name in
      let (stem, suffix) = (
        (name as NSString).deletingPathExtension, (name as NSString).pathExtension
      )
      guard ["hypersphere", "scatter"].contains(where: stem.hasPrefix),
        let type = ["svg": "svg+xml", "png": "png"][suffix],
        // A figure in both formats is shown once, as the one that scales.
        suffix == "svg" || !names.contains("\(stem).svg"),
        let data = try? RunFolder.content(of: "\(folder)/\(name)")
      else { return nil }
      return Figure(
        name: stem, address: "data:image/\(type);base64,\(data.base64EncodedString())")
    }
    table = (try? RunFolder.content(of: "\(folder)/diagnosis.txt"))
      .map { String(decoding: $0, as: UTF8.self) }
  }

  /// Whether a folder holds a diagnosis.
  static func isThere(in folder: String) -> Bool {
    FileManager.default.fileExists(atPath: "\(folder)/diagnosis.json")
  }
}
