import ArgumentParsing
import Datasets
import Foundation

/// `syn2real datasets shard`
struct ShardDataset: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "shard",
    abstract: "Pack a data set into tar shards, which are read in place.",
    discussion: """
      The shards have WebDataset's layout: a picture and its class (KEY.png, KEY.cls), or a picture and its label map \
      (KEY.png, KEY.label.png), where KEY is the path within the set with dots in the file's name as underscores. A recipe names \
      them by the path that is printed, such as renders-{000000..000127}.tar; the order, all random choices and the share that \
      is held out are those of the folder. Files are copied byte for byte, and the same files give the same shards.
      """)

  @Argument(
    help: "A folder of class folders, a list file, or images with label maps.",
    completion: .directory)
  var path: String

  @Option(
    help: .init(
      "The size that a shard does not exceed, unless a single sample does.",
      valueName: "bytes|MB|GB"))
  var size = ByteCount(bytes: 256_000_000)

  @Option(
    help: .init(
      "Where to write the shards; by default the set's path with -shards added.",
      valueName: "folder"),
    completion: .directory)
  var output: String?

  @Option(help: .init("What the shards are called; by default as the set.", valueName: "name"))
  var name: String?

  func perform() throws {
    let plain = pathWithoutEnding
    let name = self.name ?? plain.split(separator: "/").last.map(String.init) ?? ""
    guard !name.isEmpty, !name.contains("/") else {
      throw ValidationError("--name takes the beginning of a file's name, not '\(name)'.")
    }
    let writer = ShardWriter(folder: output ?? "\(plain)-shards", name: name, size: size.bytes)
    let summary =
      SegmentationDataset.isLaidOut(at: path)
      ? try writer.write(SegmentationDataset(at: path)) : try writer.write(ImageDataset(at: path))
    print(
      "\(summary.pattern)\n\(summary.samples) samples in \(summary.shards) shard\(summary.shards == 1 ? "" : "s"), \(summary.bytes) bytes"
    )
  }

  /// The path of the set, to which its shards' names add; without the ending of a list. A dot in a folder's name ends nothing.
  private var pathWithoutEnding: String {
    let parts = path.split(separator: "/")
    // A name added to `.` or `..` would lie in the set, not beside it.
    let isNamed = parts.last.map { $0 != "." && $0 != ".." } ?? false
    let whole = isNamed ? path : URL(fileURLWithPath: path).standardizedFileURL.path
    guard FileManager.default.isFolder(path) else { return PathText.withoutExtension(whole) }
    return whole.lastIndex { $0 != "/" }.map { String(whole[...$0]) } ?? whole
  }
}
