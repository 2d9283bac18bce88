import Foundation

/// Tar archives with samples in WebDataset's layout: files with the same name up to their first dot are one sample, and what
/// follows says what each is: `dog/0001.jpg`, `dog/0001.cls`.
package struct TarShards {
  /// The files of a sample.
  struct Sample {
    /// The archive.
    let archive: String
    /// The name up to the first dot after its last slash.
    let key: String
    /// The files by what follows the dot, in lower case.
    var fields: [String: TarIndex.Member]

    /// One of the files.
    func file(_ member: TarIndex.Member) -> DataFile {
      DataFile(
        part: ArchivePart(
          archive: archive, name: member.name, offset: member.offset, size: member.size))
    }

    /// What the sample is called in errors.
    var name: String { "\(archive)/\(key)" }
  }

  /// The samples, in the order of the archives and in that of their first files within each.
  let samples: [Sample]

  /// Whether a path stands for tar archives: `renders.tar` or `renders-{000000..000127}.tar`.
  package static func areNamed(by path: String) -> Bool {
    PathText.pathExtension(of: path).lowercased() == "tar" && !FileManager.default.isFolder(path)
  }

  /// Whether something is at a path, the first archive where it stands for several.
  package static func isAnything(at path: String) -> Bool {
    if FileManager.default.fileExists(atPath: path) { return true }
    guard areNamed(by: path), let first = try? ShardPattern(path).paths.first else { return false }
    return FileManager.default.fileExists(atPath: first)
  }

  /// Whether the first of the archives holds label maps.
  static func holdLabelMaps(at path: String) -> Bool {
    guard let first = try? ShardPattern(path).paths.first, let index = try? TarIndex(of: first)
    else { return false }
    return index.members.contains { parts(of: $0.name)?.field == Sample.labelMap }
  }

  /// Reads the headers of the archives that `path` stands for.
  /// - Throws: `DatasetError.missingShard` for the first of several that is not there, `.notFound` for a single one, `.badArchive`,
  ///   `.badShardPattern`.
  init(at path: String) throws(DatasetError) {
    var samples: [Sample] = []
    let archives = try ShardPattern(path).paths
    if let missing = archives.first(where: { !FileManager.default.fileExists(atPath: $0) }) {
      throw archives.count == 1
        ? DatasetError.notFound(path: missing)
        : DatasetError.missingShard(path: missing, pattern: path, count: archives.count)
    }
    for archive in archives {
      let first = samples.count
      var places: [String: Int] = [:]
      for member in try TarIndex(of: archive).members {
        guard let (key, field) = Self.parts(of: member.name) else { continue }
        let place = places[key] ?? samples.count
        if place == samples.count {
          samples.append(Sample(archive: archive, key: key, fields: [:]))
          places[key] = place
        }
        guard samples[place].fields.updateValue(member, forKey: field) == nil else {
          throw .badArchive(path: archive, problem: "holds '\(member.name)' twice")
        }
      }
      if samples.count == first { throw .badArchive(path: archive, problem: "holds no samples") }
    }
    self.samples = samples
  }

  /// The key of a sample and the field of a file; nil for hidden files, and for files without a dot.
  private static func parts(of name: String) -> (key: String, field: String)? {
    let bytes = name.utf8
    let start =
      bytes.lastIndex(of: UInt8(ascii: "/")).map { bytes.index(after: $0) } ?? bytes.startIndex
    guard let dot = bytes[start...].firstIndex(of: UInt8(ascii: ".")), dot > start else {
      return nil
    }
    return (String(name[..<dot]), name[bytes.index(after: dot)...].lowercased())
  }
}

extension TarShards.Sample {
  /// The fields of pictures.
  private static let pictures = ["jpg", "jpeg", "png", "webp"]
  /// The field of a class's number.
  static let label = "cls"
  /// The field of a label map.
  static let labelMap = "label.png"

  /// The picture; nil where there is none.
  /// - Throws: `DatasetError.badSample` where there are several.
  func picture() throws(DatasetError) -> DataFile? {
    let found = Self.pictures.compactMap { fields[$0] }
    guard found.count < 2 else {
      throw .badSample(
        name,
        problem:
          "holds \(found.count) pictures, '\(found[0].name)' and '\(found[1].name)'; expected one")
    }
    return found.first.map(file)
  }

  /// The number of the class.
  /// - Throws: `DatasetError.badSample` where there is no such number.
  func classNumber() throws(DatasetError) -> Int {
    guard let member = fields[Self.label] else {
      throw .badSample(
        name, problem: "has a picture but no class; expected a file '\(key).cls' with its number")
    }
    let bytes: [UInt8]
    do {
      bytes = member.size <= 100 ? try file(member).bytes() : []
    } catch {
      throw .badSample(name, problem: "has a class that cannot be read: \(error)")
    }
    let text = String(decoding: bytes, as: UTF8.self).trimmingCharacters(
      in: .whitespacesAndNewlines)
    guard let number = Int(text), (0..<100_000).contains(number) else {
      throw .badSample(
        name, problem: "has the class '\(text)' in '\(member.name)'; expected a number from 0 on")
    }
    return number
  }
}
