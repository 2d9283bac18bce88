import Foundation

/// The domains of data sets for one network, by their paths.
public struct DataDomains: Sendable, Equatable, Codable {
  /// The data sets that it is trained or selected on.
  public var synthetic: [String]
  /// The data sets of another domain that is never trained on, such as a rendering style.
  public var unseen: [String]

  /// Domains; every data set that is not named is real.
  public init(synthetic: [String] = [], unseen: [String] = []) {
    self.synthetic = synthetic
    self.unseen = unseen
  }

  /// The domain of the data set at `path`.
  public subscript(path: String) -> Evaluation.Domain {
    // A slash at the end, which shells add to folders, makes no difference.
    func plain(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.path }
    let path = plain(path)
    if synthetic.contains(where: { plain($0) == path }) { return .synthetic }
    return unseen.contains { plain($0) == path } ? .unseen : .real
  }
}
