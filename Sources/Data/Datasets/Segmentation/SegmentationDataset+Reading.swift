import Foundation

extension SegmentationDataset {
  /// The folders of images and of label maps in a set of pairs, as in GTA5.
  private static let folders = (images: "images", labels: "labels")
  /// The class table beside them.
  private static let tableName = "classes.yaml"
  /// The folders of Cityscapes.
  private static let cityscapes = (images: "leftImg8bit", labels: "gtFine")

  /// Whether something at `path` is laid out as a set of images with label maps.
  public static func isLaidOut(at path: String) -> Bool {
    let list = PathText.folder(of: path)
    return path.split(separator: "/").contains { $0 == cityscapes.images }
      || exists("\(path)/\(folders.images)") && exists("\(path)/\(folders.labels)")
      || !FileManager.default.isFolder(path) && exists("\(list)/\(folders.images)")
        && exists("\(list)/\(folders.labels)")
  }

  /// The images at `path`: a folder with `images` and `labels` as in GTA5, with the classes of its `classes.yaml` or
  /// otherwise those of Cityscapes; a list of image names, one per line, beside these folders; or a split of Cityscapes'
  /// `leftImg8bit`.
  /// - Throws: `DatasetError` if it is none of these, has no images, or an image has no label map.
  public init(at path: String) throws {
    guard Self.exists(path) else { throw DatasetError.noScenes(path: path) }
    if path.split(separator: "/").contains(where: { $0 == Self.cityscapes.images }) {
      try self.init(cityscapes: path)
    } else if FileManager.default.isFolder(path) {
      try self.init(pairs: path, in: path, names: nil)
    } else {
      let names = try ListFile.lines(of: path)
        .map { $0.trimmingCharacters(in: .whitespaces) }
        .filter { !$0.isEmpty }
      try self.init(
        pairs: path, in: PathText.folder(of: path), names: names)
    }
  }

  /// Images and label maps of the same names in two folders.
  /// - Parameter names: the images' file names; nil for all of the folder.
  private init(pairs path: String, in folder: String, names: [String]?) throws {
    let root = folder.isEmpty ? "." : folder
    let images = "\(root)/\(Self.folders.images)"
    let labels = "\(root)/\(Self.folders.labels)"
    guard FileManager.default.isFolder(images), FileManager.default.isFolder(labels) else {
      throw DatasetError.noScenes(path: path)
    }
    let entries = names == nil ? try FileManager.default.visibleNames(in: images) : []
    let names = names ?? entries.filter(ImageDataset.isImageName)
    guard !names.isEmpty else {
      throw DatasetError.empty(path: path, expected: "images (.jpg, .jpeg, .png or .webp)")
    }
    let samples = try names.map { name in
      let image = "\(images)/\(name)"
      let map = "\(labels)/\(PathText.withoutExtension(name)).png"
      guard Self.exists(image) else { throw DatasetError.noImage(path: image, list: path) }
      guard Self.exists(map) else { throw DatasetError.noLabels(image: image, expected: [map]) }
      return Sample(image: image, labels: map, holdsIndices: false)
    }
    let table = "\(root)/\(Self.tableName)"
    self.init(
      path: path,
      classes: Self.exists(table) ? try SegmentationClasses(contentsOfFile: table) : .cityscapes,
      samples: samples,
      overlooked: ImageDataset.imageNames(inFoldersOf: entries, in: images)
        .map { "\(Self.folders.images)/\($0)" })
  }

  /// A split of Cityscapes, or a city of one: the label maps are in the folder beside it, by label ids or by train ids.
  private init(cityscapes path: String) throws {
    let names = try Self.cityscapesNames(in: path)
    guard !names.isEmpty else {
      throw DatasetError.empty(
        path: path, expected: "images named *_\(Self.cityscapes.images).png")
    }
    var parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    if let position = parts.lastIndex(of: Self.cityscapes.images) {
      parts[position] = Self.cityscapes.labels
    }
    let labels = parts.joined(separator: "/")
    let samples = try names.map { name in
      let stem = name.dropLast("_\(Self.cityscapes.images).png".count)
      let maps = ["labelIds", "labelTrainIds"].map {
        "\(labels)/\(stem)_\(Self.cityscapes.labels)_\($0).png"
      }
      guard let map = maps.first(where: Self.exists) else {
        throw DatasetError.noLabels(image: "\(path)/\(name)", expected: maps)
      }
      return Sample(image: "\(path)/\(name)", labels: map, holdsIndices: map == maps[1])
    }
    self.init(path: path, classes: .cityscapes, samples: samples)
  }

  /// The images of a city, or of the cities below a split. Each folder is listed separately: a recursive listing would
  /// silently leave out cities that are links.
  private static func cityscapesNames(in folder: String) throws -> [String] {
    guard FileManager.default.isFolder(folder) else { return [] }
    func entries(_ name: String) throws -> [String] {
      try FileManager.default.visibleNames(in: "\(folder)/\(name)")
    }
    let own = try entries("")
    let ofCities = try own.filter { FileManager.default.isFolder("\(folder)/\($0)") }
      .flatMap { city in try entries(city).map { "\(city)/\($0)" } }
    return (own + ofCities).filter { $0.hasSuffix("_\(cityscapes.images).png") }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: path)
  }
}
