import Foundation

extension SegmentationDataset {
  /// The class table in the folder of a set.
  static let tableName = "classes.yaml"

  /// Whether something at `path` is laid out as a set of images with label maps, or as several splits of one.
  public static func isLaidOut(at path: String) -> Bool {
    if TarShards.areNamed(by: path) { return TarShards.holdLabelMaps(at: path) }
    return isOfCityscapes(path) || folders(at: path) != nil
      || SceneLayout.known.contains { $0.holdsSplits(at: path) }
  }

  /// The parts of the set at `path`, a folder or a list of names in the set's folder.
  private static func folders(at path: String) -> SceneFolders? {
    SceneFolders(
      at: FileManager.default.isFolder(path) ? path : PathText.folder(of: path))
  }

  /// The images at `path`: a folder with `images` and `labels` as in GTA5, with the classes of its `classes.yaml` or
  /// otherwise those of Cityscapes; the folder of SYNTHIA, of UrbanSyn, or of a split of Mapillary Vistas; a list of image names,
  /// one per line, in such a folder; a split of BDD100K's `images/10k` or of Cityscapes' `leftImg8bit`; or tar shards.
  /// - Throws: `DatasetError` if it is none of these, has no images, or an image has no label map; `.noClassTable` for folders
  ///   that look like Mapillary's and are not.
  public init(at path: String) throws {
    try self.init(withGapsAt: path)
    guard let first = unpaired.first(where: { !$0.isOfLabelsAlone }) else {
      // Nothing needs a label map without an image, but a set of nothing else is none.
      if samples.isEmpty, let first = unpaired.first { throw first }
      return
    }
    let count = unpaired.count { !$0.isOfLabelsAlone }
    throw count == 1 ? first : DatasetError.unpaired(first: "\(first)", count: count)
  }

  /// The pictures in a folder, or in its folder `images`, without label maps.
  /// - Throws: `DatasetError.empty` where there are none, `.unreadable` for a folder that cannot be listed, `.undecodableName`.
  public init(unlabelledAt folder: String) throws(DatasetError) {
    let images = "\(folder)/\(SceneLayout.pairs.images)"
    let place = FileManager.default.isFolder(images) ? images : folder
    let names = try ImageDataset.imageNames(below: place)
    guard !names.isEmpty else {
      throw .empty(path: folder, expected: "images (.jpg, .jpeg, .png or .webp)")
    }
    self.init(
      path: folder, classes: .cityscapes,
      samples: names.map { Sample(image: "\(place)/\($0)", labels: "") }, imageFolder: place)
  }

  /// The same images, those without a label map left out and listed as `unpaired`, as are label maps without an image.
  /// - Throws: `DatasetError` if nothing is laid out so at `path`, or it has no images.
  public init(withGapsAt path: String) throws {
    if TarShards.areNamed(by: path) {
      try self.init(withGapsInShardsAt: path)
      return
    }
    guard FileManager.default.fileExists(atPath: path) else {
      throw DatasetError.noScenes(path: path)
    }
    if Self.isOfCityscapes(path) {
      try self.init(cityscapes: path)
      return
    }
    guard let folders = Self.folders(at: path) else { throw DatasetError.noScenes(path: path) }
    let names =
      FileManager.default.isFolder(path)
      ? nil
      : try ListFile.lines(of: path).map { $0.trimmingCharacters(in: .whitespaces) }
        .filter { !$0.isEmpty }
    try self.init(path, in: folders, names: names)
  }

  /// Images and label maps of corresponding names in two folders.
  /// - Parameter names: the images' file names; nil for all of the folder.
  private init(_ path: String, in folders: SceneFolders, names: [String]?) throws {
    let layout = folders.layout
    let table = try Self.table(in: folders.root)
    guard let classes = table?.classes ?? layout.classes else {
      throw DatasetError.noClassTable(path: folders.root)
    }
    let entries =
      names == nil ? try FileManager.default.visibleNames(in: folders.images) : []
    let names = names ?? entries.filter(ImageDataset.isImageName)
    guard !names.isEmpty else {
      try ImageDataset.requireReadable(OtherFormats(among: entries), in: folders.images)
      throw DatasetError.empty(path: path, expected: "images (.jpg, .jpeg, .png or .webp)")
    }
    var unpaired: [DatasetError] = []
    let samples = names.compactMap { name -> Sample? in
      let image = "\(folders.images)/\(name)"
      let map = "\(folders.labels)/\(layout.labelName(of: name))"
      guard FileManager.default.fileExists(atPath: image) else {
        unpaired.append(.noImage(path: image, list: path))
        return nil
      }
      guard FileManager.default.fileExists(atPath: map) else {
        unpaired.append(.noLabels(image: image, expected: [map]))
        return nil
      }
      return Sample(
        image: image, labels: map, content: layout.readsFirstChannel ? .firstChannel : .values)
    }
    if !entries.isEmpty {
      let known = Set(names.map(layout.labelName))
      unpaired += try FileManager.default.visibleNames(in: folders.labels)
        .filter { $0.hasSuffix(".png") && !known.contains($0) }
        .map { .noImageOfLabels(labels: "\(folders.labels)/\($0)", folder: folders.images) }
    }
    self.init(
      path: path, classes: classes, samples: samples,
      overlooked: ImageDataset.imageNames(inFoldersOf: entries, in: folders.images)
        .map { "\(layout.images)/\($0)" },
      classTablePath: table?.path, imageFolder: folders.images,
      otherFormats: OtherFormats(among: entries, in: layout.images), unpaired: unpaired)
  }

  /// The classes of the table in a folder, and its path; nil where there is none.
  static func table(in folder: String) throws -> (classes: SegmentationClasses, path: String)? {
    let path = "\(folder)/\(tableName)"
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    return (try SegmentationClasses(contentsOfFile: path), path)
  }

  /// The path of an image below the folder of images, or of the split.
  func pathWithin(_ sample: Sample) -> String {
    if let part = sample.imageFile.part { return part.name }
    let root = imageFolder + "/"
    return sample.image.hasPrefix(root) ? String(sample.image.dropFirst(root.count)) : sample.image
  }
}

extension DatasetError {
  /// Whether it is about a label map that nothing needs.
  fileprivate var isOfLabelsAlone: Bool {
    if case .noImageOfLabels = self { true } else { false }
  }
}
