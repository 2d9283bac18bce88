import Foundation

/// What data sets are to a network, by their paths.
public struct DataDomains: Sendable, Equatable, Codable {
  /// Those that it is trained or selected on.
  public var synthetic: [String]
  /// Those of another domain never trained on, such as a rendering style.
  public var unseen: [String]

  /// Domains; every set that is not named is real.
  public init(synthetic: [String] = [], unseen: [String] = []) {
    self.synthetic = synthetic
    self.unseen = unseen
  }

  /// The domain of the set at `path`.
  public subscript(path: String) -> Evaluation.Domain {
    // A slash at the end, as a shell completes folders, makes no other set.
    func plain(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.path }
    let path = plain(path)
    if synthetic.contains(where: { plain($0) == path }) { return .synthetic }
    return unseen.contains { plain($0) == path } ? .unseen : .real
  }
}
