import Datasets
import Foundation

/// An installed Debian package as a source of PNG pictures in topic folders.
package struct PicturePackage: Hashable, Sendable {
  /// The package's name, for `apt-get install`.
  package let name: String

  /// The folder that holds the topic folders.
  package let root: String

  /// Describes a package.
  package init(name: String, root: String) {
    self.name = name
    self.root = root
  }

  /// Clip art in the public domain.
  package static let drawings = PicturePackage(
    name: "openclipart-png", root: "/usr/share/openclipart/png")

  /// Photographs, and drawings, cut out by hand; GPL-2.
  package static let photographs = PicturePackage(
    name: "tuxpaint-stamps-default", root: "/usr/share/tuxpaint/stamps")

  /// Whether the pictures are there.
  package var isInstalled: Bool { FileManager.default.isFolder(root) }

  /// The pictures of a topic, by name; none if the folder does not exist.
  ///
  /// Symbolic links are left out: the package links a picture into every topic that it fits.
  package func pictures(in topic: String) -> [SourcePicture] {
    let folder = URL(fileURLWithPath: root).appendingPathComponent(topic)
    let keys: Set<URLResourceKey> = [.isRegularFileKey]
    let files = try? FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: Array(keys))
    return (files ?? [])
      .filter { $0.pathExtension == "png" }
      .filter { (try? $0.resourceValues(forKeys: keys))?.isRegularFile == true }
      .map { SourcePicture(name: $0.deletingPathExtension().lastPathComponent, path: $0.path) }
      .sorted { $0.name < $1.name }
  }
}
