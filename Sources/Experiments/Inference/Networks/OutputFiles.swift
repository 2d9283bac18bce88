import Foundation
import Runs
import Tables

/// The files that results are written to, a separate one for each input.
public struct OutputFiles {
  private let folder: String
  /// Keyed by the bytes of the inputs' paths, since strings that compare equal can be different paths.
  private let names: [Data: String]

  /// Plans the files for the results of `inputs` in `folder`.
  /// - Parameters:
  ///   - suffixes: the endings of the results' file names, such as `-labels.png`.
  ///   - read: the files that must not be overwritten: the inputs and others.
  ///   - dataFolders: the folders where nothing may be written at all.
  /// - Throws: `OutputError` where a result would overwrite or mix with other files; nothing has been written then.
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

  /// The path for a result of an input.
  public func path(of input: String, _ suffix: String) -> String {
    "\(folder)/\(names[Data(input.utf8)] ?? input)\(suffix)"
  }

  /// The same path, after its folders were created.
  /// - Throws: `TrainingError.cannotWrite`.
  public func preparedPath(of input: String, _ suffix: String) throws -> String {
    let path = path(of: input, suffix)
    try RunFolder((path as NSString).deletingLastPathComponent).createAlone()
    return path
  }
}
