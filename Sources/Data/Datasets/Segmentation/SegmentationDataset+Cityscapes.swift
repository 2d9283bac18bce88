import Foundation

extension SegmentationDataset {
  /// The folders of Cityscapes.
  private static let folders = (images: "leftImg8bit", labels: "gtFine")

  /// Whether a path leads into the images of Cityscapes.
  static func isOfCityscapes(_ path: String) -> Bool {
    path.split(separator: "/").contains { $0 == folders.images }
  }

  /// A split of Cityscapes, or a city of one: the label maps are in the folder beside it, by label ids or by train ids.
  init(cityscapes path: String) throws {
    let names = try Self.names(in: path)
    guard !names.isEmpty else {
      throw DatasetError.empty(path: path, expected: "images named *_\(Self.folders.images).png")
    }
    var parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    if let position = parts.lastIndex(of: Self.folders.images) {
      parts[position] = Self.folders.labels
    }
    let labels = parts.joined(separator: "/")
    var unpaired: [DatasetError] = []
    let samples = names.compactMap { name -> Sample? in
      let stem = name.dropLast("_\(Self.folders.images).png".count)
      let maps = ["labelIds", "labelTrainIds"].map {
        "\(labels)/\(stem)_\(Self.folders.labels)_\($0).png"
      }
      guard let map = maps.first(where: FileManager.default.fileExists) else {
        unpaired.append(.noLabels(image: "\(path)/\(name)", expected: maps))
        return nil
      }
      return Sample(
        image: "\(path)/\(name)", labels: map, content: map == maps[1] ? .indices : .values)
    }
    self.init(
      path: path, classes: .cityscapes, samples: samples, imageFolder: path, unpaired: unpaired)
  }

  /// The images of a city, or of the cities below a split. Each folder is listed separately: a recursive listing would
  /// silently leave out cities that are links.
  private static func names(in folder: String) throws -> [String] {
    guard FileManager.default.isFolder(folder) else { return [] }
    func entries(_ name: String) throws -> [String] {
      try FileManager.default.visibleNames(in: "\(folder)/\(name)")
    }
    let own = try entries("")
    let ofCities = try own.filter { FileManager.default.isFolder("\(folder)/\($0)") }
      .flatMap { city in try entries(city).map { "\(city)/\($0)" } }
    return (own + ofCities).filter { $0.hasSuffix("_\(folders.images).png") }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
