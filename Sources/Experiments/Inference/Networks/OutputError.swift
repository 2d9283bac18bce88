/// Results that would overwrite or mix with other files.
public enum OutputError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A result would overwrite one of the files that are read.
  case overwritesInput(path: String)
  /// Results would be written among the files of a data set.
  case amongData(folder: String)
  /// The results of two files would have the same name.
  case oneName(first: String, second: String)

  /// Makes sure that a result does not replace a file that it is made from; nil stands for none.
  /// - Throws: `overwritesInput` where both paths lead to the same file.
  package static func requireOther(
    _ inputs: String?..., than output: String
  ) throws(OutputError) {
    let identities = inputs.compactMap { $0.flatMap(FileIdentity.init) }
    if let identity = FileIdentity(output), identities.contains(identity) {
      throw .overwritesInput(path: output)
    }
  }

  /// What is wrong, where, and what to do.
  public var description: String {
    switch self {
    case .overwritesInput(let path):
      "\(path) is read, and would be overwritten by a result; nothing was written: choose another place for results"
    case .amongData(let folder):
      "\(folder) holds a data set's own images or label maps, among which results would count as data; nothing was "
        + "written: choose another folder for results"
    case .oneName(let first, let second):
      "the results of \(first) and \(second) would have the same name; nothing was written: rename one, or judge them one by one"
    }
  }
}
