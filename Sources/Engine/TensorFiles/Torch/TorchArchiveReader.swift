import Foundation

/// Reads PyTorch's zip format: a pickle `NAME/data.pkl` and one record `NAME/data/KEY` per storage.
struct TorchArchiveReader {
  let file: SourceFile

  func read() throws(TensorFileError) -> StateDictionary {
    let archive = try ZipArchive(file: file)
    let pickles = archive.entries.filter { name, _ in
      name.hasSuffix("/data.pkl") && name.split(separator: "/").count == 2
    }
    guard let (name, pickle) = pickles.first, pickles.count == 1 else {
      throw file.error(
        .unknownFormat, at: "zip archive",
        expected: "one record NAME/data.pkl, as torch.save writes",
        found: "\(pickles.count) of them")
    }
    let folder = name.dropLast("data.pkl".count)
    guard archive.entries["\(folder)constants.pkl"] == nil else {
      throw file.error(
        .unsupported, at: "zip archive", expected: "a state dictionary",
        found: "a TorchScript program; save its state_dict() instead")
    }

    let storagePrefix = "\(folder)data/"
    var storages: [String: Data] = [:]
    for (name, content) in archive.entries where name.hasPrefix(storagePrefix) {
      storages[String(name.dropFirst(storagePrefix.count))] = content
    }
    let table = StorageTable(
      file: file, storages: storages,
      isBigEndian: try isBigEndian(archive.entries["\(folder)byteorder"]))
    var machine = PickleMachine(cursor: file.cursor(pickle.startIndex..<pickle.endIndex))
    let root = try machine.run()
    return try StateFlattener(file: file, heap: machine.heap, storages: table).flatten(root)
  }

  /// Older files, which do not have this record, are little-endian.
  private func isBigEndian(_ record: Data?) throws(TensorFileError) -> Bool {
    guard let record else { return false }
    switch String(data: record.prefix(16), encoding: .utf8) {
    case "little": return false
    case "big": return true
    default:
      throw file.error(
        .damaged, at: "record 'byteorder'", expected: "'little' or 'big'", found: "other bytes")
    }
  }
}
