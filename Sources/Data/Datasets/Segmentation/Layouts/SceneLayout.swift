import Foundation

/// How a set of images with label maps lies on disk: two folders of files whose names correspond.
///
/// Cityscapes, whose cities are folders, and tar shards are read in their own ways.
struct SceneLayout {
  /// The folder of the images, below the set's.
  let images: String
  /// The folder of the label maps, below the set's.
  let labels: String
  /// A folder that lies beside these two and tells this layout from another.
  var beside: String?
  /// The number of letters, digits, - and _ that the name of every image has before the ending; nil for names of any kind.
  var nameLength: Int?
  /// Whether both hold a folder for each split; then the images of a split are what is named, such as `images/10k/val`.
  var isSplit = false
  /// What the name of an image begins with, and its label map's instead.
  var prefixes = (image: "", labels: "")
  /// What is added to an image's name, before the ending, to give its label map's.
  var suffix = ""
  /// Whether label maps have several channels, of which the first holds the classes.
  var readsFirstChannel = false
  /// The classes, where the set's folder has no table of its own; nil where it must have one.
  var classes: SegmentationClasses? = .cityscapes

  /// The label map's file name for an image's.
  func labelName(of image: String) -> String {
    var stem = PathText.withoutExtension(image)
    if stem.hasPrefix(prefixes.image) { stem.removeFirst(prefixes.image.count) }
    return "\(prefixes.labels)\(stem)\(suffix).png"
  }

  /// The folders of the set in `place`, or of the split whose images are in `place`; nil where it is not laid out so.
  func folders(at place: String) -> SceneFolders? {
    var (root, split) = (place.isEmpty ? "." : place, "")
    if isSplit {
      guard let parts = Self.parts(of: place, around: images) else { return nil }
      (root, split) = (parts.root, "/\(parts.split)")
    }
    let folders = SceneFolders(
      layout: self, root: root, images: "\(root)/\(images)\(split)",
      labels: "\(root)/\(labels)\(split)")
    let needed = [folders.images, folders.labels] + (beside.map { ["\(root)/\($0)"] } ?? [])
    return needed.allSatisfy(FileManager.default.isFolder) && namesImages(in: folders.images)
      ? folders : nil
  }

  /// Whether all images of a folder are named as in this layout; no images are not.
  private func namesImages(in folder: String) -> Bool {
    guard let nameLength else { return true }
    let names = ((try? FileManager.default.visibleNames(in: folder)) ?? [])
      .filter(ImageDataset.isImageName)
    return !names.isEmpty
      && names.allSatisfy { name in
        let stem = PathText.withoutExtension(name)
        return stem.count == nameLength
          && stem.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) }
      }
  }

  /// Whether `place` holds all splits of the set, of which one must be named.
  func holdsSplits(at place: String) -> Bool {
    let root = place.isEmpty ? "." : place
    return isSplit
      && [images, labels].allSatisfy { FileManager.default.isFolder("\(root)/\($0)") }
  }

  /// What a path has before and after the last occurrence of `middle`; nil where nothing follows it.
  private static func parts(
    of path: String, around middle: String
  ) -> (root: String, split: String)? {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let wanted = middle.split(separator: "/")
    let last = parts.indices.last { start in
      start + wanted.count < parts.count
        && parts[start..<start + wanted.count].elementsEqual(wanted)
        && !parts[start + wanted.count].isEmpty
    }
    guard let last else { return nil }
    let root = last == 0 ? "." : parts[..<last].joined(separator: "/")
    return (root, parts[(last + wanted.count)...].joined(separator: "/"))
  }
}
