import Foundation

extension SegmentationDataset {
  /// The folders of images and of label maps in a set of pairs, as in GTA5.
  private static let folders = (images: "images", labels: "labels")
  /// The class table beside them.
  static let tableName = "classes.yaml"
  /// The folders of Cityscapes.
  private static let cityscapes = (images: "leftImg8bit", labels: "gtFine")

  /// Whether something at `path` is laid out as a set of images with label maps.
  public static func isLaidOut(at path: String) -> Bool {
    if TarShards.areNamed(by: path) { return TarShards.holdLabelMaps(at: path) }
    let list = PathText.folder(of: path)
    return path.split(separator: "/").contains { $0 == cityscapes.images }
      || exists("\(path)/\(folders.images)") && exists("\(path)/\(folders.labels)")
      || !FileManager.default.isFolder(path) && exists("\(list)/\(folders.images)")
        && exists("\(list)/\(folders.labels)")
  }

  /// The images at `path`: a folder with `images` and `labels` as in GTA5, with the classes of its `classes.yaml` or
  /// otherwise those of Cityscapes; a list of image names, one per line, beside these folders; a split of Cityscapes'
  /// `leftImg8bit`; or tar shards.
  /// - Throws: `DatasetError` if it is none of these, has no images, or an image has no label map.
  public init(at path: String) throws {
    try self.init(withGapsAt: path)
    guard let first = unpaired.first(where: { !$0.isOfLabelsAlone }) else { return }
    let count = unpaired.count { !$0.isOfLabelsAlone }
    throw count == 1 ? first : DatasetError.unpaired(first: "\(first)", count: count)
  }

  /// The pictures in a folder, or in its folder `images`, without label maps.
  /// - Throws: `DatasetError.empty` where there are none.
  public init(unlabelledAt folder: String) throws(DatasetError) {
    let images = "\(folder)/\(Self.folders.images)"
    let place = FileManager.default.isFolder(images) ? images : folder
    let names = ImageDataset.imageNames(below: place)
    guard !names.isEmpty else {
      throw .empty(path: folder, expected: "images (.jpg, .jpeg, .png or .webp)")
    }
    self.init(
      path: folder, classes: .cityscapes,
      samples: names.map { Sample(image: "\(place)/\($0)", labels: "", holdsIndices: false) })
  }

  /// The same images, those without a label map left out and listed as `unpaired`, as are label maps without an image.
  /// - Throws: `DatasetError` if nothing is laid out so at `path`, or it has no images.
  public init(withGapsAt path: String) throws {
    if TarShards.areNamed(by: path) {
      try self.init(withGapsInShardsAt: path)
      return
    }
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
      try ImageDataset.requireReadable(OtherFormats(among: entries), in: images)
      throw DatasetError.empty(path: path, expected: "images (.jpg, .jpeg, .png or .webp)")
    }
    var unpaired: [DatasetError] = []
    let samples = names.compactMap { name -> Sample? in
      let image = "\(images)/\(name)"
      let map = "\(labels)/\(PathText.withoutExtension(name)).png"
      guard Self.exists(image) else {
        unpaired.append(.noImage(path: image, list: path))
        return nil
      }
      guard Self.exists(map) else {
        unpaired.append(.noLabels(image: image, expected: [map]))
        return nil
      }
      return Sample(image: image, labels: map, holdsIndices: false)
    }
    if !entries.isEmpty {
      let known = Set(names.map { PathText.withoutExtension($0) })
      unpaired += try FileManager.default.visibleNames(in: labels)
        .filter { $0.hasSuffix(".png") && !known.contains(PathText.withoutExtension($0)) }
        .map { .noImageOfLabels(labels: "\(labels)/\($0)", folder: images) }
    }
    self.init(
      path: path, classes: try Self.classes(besideDataIn: root),
      samples: samples,
      overlooked: ImageDataset.imageNames(inFoldersOf: entries, in: images)
        .map { "\(Self.folders.images)/\($0)" },
      otherFormats: OtherFormats(among: entries, in: Self.folders.images), unpaired: unpaired)
  }

  /// The classes of the table in a folder; Cityscapes' where it has none.
  static func classes(besideDataIn folder: String) throws -> SegmentationClasses {
    let table = "\(folder)/\(tableName)"
    return exists(table) ? try SegmentationClasses(contentsOfFile: table) : .cityscapes
  }

  /// The set's own table of classes; nil where it has none.
  var classTablePath: String? {
    let table = "\(folder.isEmpty ? "." : folder)/\(Self.tableName)"
    return Self.exists(table) ? table : nil
  }

  /// The path of an image below the folder of images, or of the split.
  func pathWithin(_ sample: Sample) -> String {
    if let part = sample.imageFile.part { return part.name }
    let roots = ["\(folder)/\(Self.folders.images)", "./\(Self.folders.images)", path, folder]
    let root = roots.first { sample.image.hasPrefix($0 + "/") }
    return root.map { String(sample.image.dropFirst($0.count + 1)) } ?? sample.image
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
    var unpaired: [DatasetError] = []
    let samples = names.compactMap { name -> Sample? in
      let stem = name.dropLast("_\(Self.cityscapes.images).png".count)
      let maps = ["labelIds", "labelTrainIds"].map {
        "\(labels)/\(stem)_\(Self.cityscapes.labels)_\($0).png"
      }
      guard let map = maps.first(where: Self.exists) else {
        unpaired.append(.noLabels(image: "\(path)/\(name)", expected: maps))
        return nil
      }
      return Sample(image: "\(path)/\(name)", labels: map, holdsIndices: map == maps[1])
    }
    self.init(path: path, classes: .cityscapes, samples: samples, unpaired: unpaired)
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

extension DatasetError {
  /// Whether it is about a label map that nothing needs.
  fileprivate var isOfLabelsAlone: Bool {
    if case .noImageOfLabels = self { true } else { false }
  }
}
