import Foundation

/// Versions, machine, seed and command line of a run, for people who want to repeat it: of its newest start, and of all of them.
package struct RunEnvironment: Codable, Sendable {
  /// The seed of the run.
  package let seed: UInt64
  /// The newest start.
  package let newest: RunStart
  /// All starts, the newest last.
  package let starts: [RunStart]

  private enum CodingKeys: String, CodingKey {
    case seed
    case starts
  }

  /// The environment of a run that was started before as `earlier` say, and now again.
  package init(seed: UInt64, earlier: [RunStart] = [], newest: RunStart) {
    self.seed = seed
    self.newest = newest
    starts = earlier + [newest]
  }

  /// Decodes the starts; an earlier version wrote the newest alone.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    seed = try container.decode(UInt64.self, forKey: .seed)
    let starts = try container.decodeIfPresent([RunStart].self, forKey: .starts) ?? []
    newest = try starts.last ?? RunStart(from: decoder)
    self.starts = starts.isEmpty ? [newest] : starts
  }

  /// Encodes what is known of the newest start beside the list of all.
  package func encode(to encoder: any Encoder) throws {
    try newest.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(seed, forKey: .seed)
    try container.encode(starts, forKey: .starts)
  }

  /// The environment in a run's folder; nil where the file is missing or damaged.
  package init?(in folder: RunFolder) {
    guard let data = FileManager.default.contents(atPath: folder.environment),
      let environment = try? JSONFormat.decode(RunEnvironment.self, from: data)
    else { return nil }
    self = environment
  }
}
