import Files
import Foundation

/// Writes data sets as tar shards in WebDataset's layout, which are read in place.
public struct ShardWriter: Sendable {
  /// What was written.
  public struct Summary: Sendable, Equatable {
    /// The path that stands for all shards, to be given as data.
    public let pattern: String
    /// The number of shards.
    public let shards: Int
    /// The number of samples.
    public let samples: Int
    /// The number of bytes of all shards.
    public let bytes: Int
  }

  /// A file of a sample.
  private struct File {
    let name: String
    let bytes: [UInt8]
  }

  private let folder: String
  private let name: String
  private let size: Int

  /// A writer of `folder/name-000000.tar` and so on.
  /// - Parameter size: the number of bytes that a shard does not exceed, unless a single sample does.
  public init(folder: String, name: String, size: Int = 256_000_000) {
    self.folder = folder
    self.name = name
    self.size = size
  }

  /// Writes the images in their order, each with the number of its class; folders of classes stay in the names.
  /// - Throws: `DatasetError.shardsExist`, `.badSample` for two images of one name, `ImageError.unreadable`, and the system's
  ///   reason where nothing can be written. Then no shard is left.
  public func write(_ dataset: ImageDataset) throws -> Summary {
    var keys = Set<String>()
    return try write(count: dataset.count) { index in
      let sample = dataset.samples[index]
      let (key, ending) = try Self.key(of: dataset.pathWithin(sample), &keys)
      return [
        File(name: "\(key).\(ending)", bytes: try sample.file.bytes()),
        File(name: "\(key).\(TarShards.Sample.label)", bytes: Array("\(sample.label)".utf8)),
      ]
    }
  }

  /// Writes the table of classes, then the scenes in their order, each with its label map: an interrupted call leaves no shards
  /// without the table that says what their label maps hold.
  /// - Throws: as for images; `DatasetError.otherClassTable` where the folder has a table of other classes, or shards that would be
  ///   read by this set's; `.badSample` for label maps of Cityscapes' train ids or of several channels, which no table of classes
  ///   describes. Then a table that was not there before is not left either.
  public func write(_ dataset: SegmentationDataset) throws -> Summary {
    let place = "\(folder)/\(SegmentationDataset.tableName)"
    let table = try missingTable(of: dataset, at: place)
    let system = FileSystem.current
    do {
      if let table {
        try system.createFolder(folder)
        try system.replace(place, with: table)
      }
      var keys = Set<String>()
      return try write(count: dataset.count) { try Self.scene($0, of: dataset, &keys) }
    } catch {
      if table != nil { try? system.remove(place) }
      throw error
    }
  }

  /// The table that must be written so that shards are read with the classes of the set; nil where the one that is there says the
  /// same, or where none is needed.
  private func missingTable(of dataset: SegmentationDataset, at place: String) throws -> [UInt8]? {
    if FileManager.default.fileExists(atPath: place) {
      guard try SegmentationClasses(contentsOfFile: place) == dataset.classes else {
        throw DatasetError.otherClassTable(path: place)
      }
      return nil
    }
    // Without a table the shards are read as Cityscapes' label ids.
    let table: [UInt8]? =
      try dataset.classTablePath.map { try DataFile(path: $0).bytes() }
      ?? (dataset.classes == .cityscapes ? nil : Array(dataset.classes.text.utf8))
    if table != nil, let shard = try formerShard() {
      throw DatasetError.otherClassTable(path: shard)
    }
    return table
  }

  /// The files of a scene.
  private static func scene(
    _ index: Int, of dataset: SegmentationDataset, _ keys: inout Set<String>
  ) throws -> [File] {
    let sample = dataset.samples[index]
    switch sample.content {
    case .values: break
    case .indices:
      throw DatasetError.badSample(
        sample.labels, problem: "holds train ids; give the set label maps of label ids first")
    case .firstChannel:
      throw DatasetError.badSample(
        sample.labels,
        problem: "has several channels, and shards hold label maps of one; train on the folder")
    }
    let (key, ending) = try Self.key(of: dataset.pathWithin(sample), &keys)
    return [
      File(name: "\(key).\(ending)", bytes: try sample.imageFile.bytes()),
      File(name: "\(key).\(TarShards.Sample.labelMap)", bytes: try sample.labelFile.bytes()),
    ]
  }

  /// A shard that is in the folder already.
  private func formerShard() throws -> String? {
    guard FileManager.default.fileExists(atPath: folder) else { return nil }
    return try FileSystem.current.names(in: folder).first { $0.hasSuffix(".tar") }
      .map { "\(folder)/\($0)" }
  }

  private func write(count: Int, _ files: (Int) throws -> [File]) throws -> Summary {
    let system = FileSystem.current
    try system.createFolder(folder)
    let names = try system.names(in: folder)
    if let former = names.first(where: { $0.hasPrefix("\(name)-") && $0.hasSuffix(".tar") }) {
      throw DatasetError.shardsExist(path: "\(folder)/\(former)")
    }
    var paths: [String] = []
    var bytes = 0
    var shard: TarWriter?
    func finish() throws {
      try shard?.finish()
      bytes += shard?.byteCount ?? 0
      shard = nil
    }
    do {
      for index in 0..<count {
        let files = try files(index)
        let added = files.reduce(TarWriter.endByteCount) {
          $0 + TarWriter.byteCount(of: $1.name, size: $1.bytes.count)
        }
        if let full = shard?.byteCount, full + added > size { try finish() }
        if shard == nil {
          paths.append("\(folder)/\(shardName(Self.number(paths.count)))")
          shard = try TarWriter(paths[paths.count - 1])
        }
        for file in files { try shard?.add(file.name, file.bytes) }
      }
      try finish()
    } catch {
      shard?.discard()
      for path in paths { try? system.remove(path) }
      throw error
    }
    let numbers =
      paths.count == 1
      ? Self.number(0) : "{\(Self.number(0))..\(Self.number(paths.count - 1))}"
    return Summary(
      pattern: "\(folder)/\(shardName(numbers))", shards: paths.count, samples: count, bytes: bytes)
  }

  private func shardName(_ number: String) -> String { "\(name)-\(number).tar" }

  private static func number(_ index: Int) -> String { String(format: "%06d", index) }

  /// The key of an image, which is its path within the set without dots in the name, and the ending that says its format.
  private static func key(
    of path: String, _ known: inout Set<String>
  ) throws(DatasetError) -> (key: String, ending: String) {
    let path = String(path.drop { $0 == "/" })
    let folder = PathText.folder(of: path)
    guard ImageDataset.isImageName(path), !path.split(separator: "/").contains("..") else {
      throw .badSample(
        path,
        problem:
          "cannot be packed by this name; expected a picture (.jpg, .jpeg, .png or .webp) within the set"
      )
    }
    let stem = PathText.withoutExtension(
      folder.isEmpty ? path : String(path.dropFirst(folder.count + 1)))
    let name = stem.replacing(".", with: "_")
    let key = folder.isEmpty ? name : "\(folder)/\(name)"
    guard known.insert(key).inserted else {
      throw .badSample(
        path,
        problem:
          "has the same name as another picture but for its ending or its dots; rename one of them")
    }
    return (key, PathText.pathExtension(of: path))
  }
}
