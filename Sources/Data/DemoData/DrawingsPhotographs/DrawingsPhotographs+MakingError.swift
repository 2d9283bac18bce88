import Imaging

extension DrawingsPhotographs {
  /// Why the data set could not be made; its description is one sentence for the user.
  public enum MakingError: Error, Equatable, Sendable {
    /// The pictures of a Debian package are missing.
    case missingPackage(name: String, folder: String)

    /// The class table has a mistake; the sentence names the line.
    case table(String)

    /// A package holds no picture of a class.
    case emptyClass(name: String, package: String)

    /// A picture of a package could not be read, or a picture of the data set could not be written.
    case picture(ImageError)

    /// A picture of a package shows nothing.
    case transparent(path: String)

    /// The side of the stored pictures is out of range.
    case invalidSize(Int)

    /// The folder cannot be filled.
    case folder(FolderError)
  }
}

extension DrawingsPhotographs.MakingError: CustomStringConvertible {
  /// What is wrong, where, and what to do.
  public var description: String {
    switch self {
    case .missingPackage(let name, let folder):
      "\(folder): there is no such folder; the Debian package \(name) brings it"
    case .table(let sentence):
      sentence
    case .emptyClass(let name, let package):
      "The Debian package \(package) holds no picture of the class '\(name)'; install it again, or "
        + "the version that drawings-photographs.yaml names."
    case .picture(let error):
      "\(error)"
    case .transparent(let path):
      "\(path): every pixel is transparent, so there is nothing to cut out."
    case .invalidSize(let size):
      "The stored pictures can be \(DrawingsPhotographsMaker.sizes.lowerBound) to "
        + "\(DrawingsPhotographsMaker.sizes.upperBound) pixels wide, not \(size)."
    case .folder(let error):
      "\(error)"
    }
  }
}
