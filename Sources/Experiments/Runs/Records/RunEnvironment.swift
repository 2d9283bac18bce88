import Foundation

/// Versions, machine, seed and command line of a run, for people who want to repeat it: of its newest start, and of all of them.
package struct RunEnvironment: Encodable {
  /// The starts of the run, the newest last.
  package let starts: [RunStart]
  private let seed: UInt64

  private enum CodingKeys: String, CodingKey {
    case seed
    case starts
  }

  /// The environment of a run with these starts.
  package init(seed: UInt64, starts: [RunStart]) {
    self.seed = seed
    self.starts = starts
  }

  /// Encodes what is known of the newest start beside the list of all.
  package func encode(to encoder: any Encoder) throws {
    try starts.last?.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(seed, forKey: .seed)
    try container.encode(starts, forKey: .starts)
  }

  /// The starts in a run's folder; none where the file is missing or damaged, one where an earlier version wrote it.
  package static func starts(in folder: RunFolder) -> [RunStart] {
    struct Stored: Decodable {
      let starts: [RunStart]
    }
    guard let data = FileManager.default.contents(atPath: folder.environment) else { return [] }
    if let stored = try? JSONFormat.decode(Stored.self, from: data) { return stored.starts }
    return (try? JSONFormat.decode(RunStart.self, from: data)).map { [$0] } ?? []
  }
}
