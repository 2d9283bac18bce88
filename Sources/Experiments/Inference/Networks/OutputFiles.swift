import Foundation
import Runs
import Tables

/// The files that results of other files are written to, each its own.
public struct OutputFiles {
  private let folder: String
  /// By the inputs' bytes, since equal strings can be different paths.
  private let names: [Data: String]

  /// The places of the results of `inputs` in `folder`.
  /// - Parameters:
  ///   - suffixes: what results are called behind their names, such as `-labels.png`.
  ///   - read: what must not be overwritten: the inputs, and more.
  ///   - dataFolders: where nothing may be written at all.
  /// - Throws: `OutputError` where a result would take the place of something else; nothing is written yet.
  public init(
    in folder: String, of inputs: [String], suffixes: [String], read: [String],
    dataFolders: [String] = []
  ) throws(OutputError) {
    self.folder = folder
    names = Dictionary(zip(inputs.map { Data($0.utf8) }, OutputNames.distinct(inputs))) {
      first, _ in first
    }
    let read = Set(read.compactMap(FileIdentity.init))
    let dataFolders = Set(dataFolders.compactMap(FileIdentity.init))
    var owners: [String: String] = [:]
    for input in inputs {
      for suffix in suffixes {
        let path = self.path(of: input, suffix)
        if let identity = FileIdentity(path), read.contains(identity) {
          throw .overwritesInput(path: path)
        }
        for place in [folder, (path as NSString).deletingLastPathComponent] {
          if let identity = FileIdentity(place), dataFolders.contains(identity) {
            throw .amongData(folder: place)
          }
        }
        if let owner = owners.updateValue(input, forKey: path),
          FileIdentity(owner) != FileIdentity(input)
        {
          throw .oneName(first: owner, second: input)
        }
      }
    }
  }

  /// Where a result of an input goes.
  public func path(of input: String, _ suffix: String) -> String {
    "\(folder)/\(names[Data(input.utf8)] ?? input)\(suffix)"
  }

  /// The same, with the folders around it made.
  /// - Throws: `TrainingError.cannotWrite`.
  public func preparedPath(of input: String, _ suffix: String) throws -> String {
    let path = path(of: input, suffix)
    try RunFolder((path as NSString).deletingLastPathComponent).createAlone()
    return path
  }
}
