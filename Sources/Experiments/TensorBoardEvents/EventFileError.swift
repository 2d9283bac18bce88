/// Why a TensorBoard event file could not be written.
public enum EventFileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// No file can be created in the folder.
  case cannotCreate(path: String, reason: String)
  /// The file was created, but writing to it failed.
  case cannotWrite(path: String, reason: String)
  /// The writer is already closed.
  case closed(path: String)

  /// What happened, where, and what to do.
  public var description: String {
    switch self {
    case .cannotCreate(let path, let reason):
      "cannot create the event file \(path): \(reason); choose a folder that exists and may be written"
    case .cannotWrite(let path, let reason):
      "cannot write the event file \(path): \(reason); free disk space and go on, or choose another folder"
    case .closed(let path):
      "cannot write the event file \(path): it is already closed; make another writer"
    }
  }
}
