import CheckoutSupport
import Datasets
import DataTestSupport
import Foundation
import Imaging
import Testing

@Suite struct DatasetCensusTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// A small JPEG of one scan, and where the data of the scan begin.
  private var jpeg: Data {
    get throws {
      let fixtures = Checkout.root
        .appendingPathComponent("Tests/Pictures/ImagingTests/Fixtures/files")
      return try Data(contentsOf: fixtures.appendingPathComponent("jpeg_444.jpg"))
    }
  }

  /// Extra bytes before the last marker: libjpeg decodes one or two and skips the rest.
  private var damagedJPEG: Data {
    get throws { try jpeg.dropLast(2) + Data([1, 2, 3]) + jpeg.suffix(2) }
  }

  @Test func truncatedImagesAreUnreadableAndDamagedOnesAreCountedBeside() throws {
    try folder.write(jpeg, to: "cat/whole.jpg")
    try folder.write(jpeg.prefix(jpeg.count / 2), to: "cat/half.jpg")
    try folder.write(damagedJPEG, to: "cat/damaged.jpg")
    let census = DatasetCensus(of: try ImageDataset(at: folder.url.path))
    #expect(census.unreadable.count == 1)
    #expect(census.unreadable.first?.hasPrefix(folder.path("cat/half.jpg") + ": truncated") == true)
    #expect(
      census.damaged == [
        folder.path("cat/damaged.jpg")
          + ": Corrupt JPEG data: 1 extraneous bytes before marker 0xd9."
      ])
    let lines = census.description.split(separator: "\n")
    #expect(lines.contains("1 unreadable, 1 damaged but readable"))
    #expect(lines.last?.hasPrefix("damaged: \(folder.path("cat/damaged.jpg"))") == true)
  }

  @Test func scenesOfDamagedImagesAreCountedToo() throws {
    let image = try Image.decodeRGB([UInt8](jpeg))
    try folder.write(damagedJPEG, to: "images/a.jpg")
    try folder.write(jpeg.prefix(jpeg.count / 2), to: "images/b.jpg")
    for name in ["a", "b"] {
      try folder.write(
        Image(width: image.width, height: image.height, color: [7]), to: "labels/\(name).png")
    }
    let census = SegmentationCensus(of: try SegmentationDataset(at: folder.url.path))
    #expect(census.images == 1)
    #expect(census.problems.count == 1)
    #expect(census.damaged.count == 1)
    #expect(census.damaged.first?.hasPrefix(folder.path("images/a.jpg")) == true)
    #expect(census.description.contains("1 pair of no use, 1 damaged but readable"))
  }

  /// Not a pipe, which would wait for a writer.
  @Test(arguments: ["cat/pipe.png", "image_list.txt"])
  func aPipeIsNoImageAndNoList(_ name: String) throws {
    try folder.write(jpeg, to: "cat/whole.jpg")
    #expect(mkfifo(folder.path(name), 0o600) == 0)
    if name == "image_list.txt" {
      #expect(
        throws: DatasetError.unreadableList(
          path: folder.path(name), reason: "not a regular file")
      ) {
        try ImageDataset(at: folder.url.path)
      }
    } else {
      let census = DatasetCensus(of: try ImageDataset(at: folder.url.path))
      #expect(
        census.unreadable == ["\(folder.path(name)): cannot read the image: not a regular file."])
    }
  }
}
