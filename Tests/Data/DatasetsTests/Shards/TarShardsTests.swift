import CheckoutSupport
import DataTestSupport
import Datasets
import Foundation
import Imaging
import Testing

/// Tar archives by other programs (Fixtures/make_archives.py), and those that must be refused.
@Suite struct TarShardsTests {
  private static func archive(_ name: String) -> String {
    Checkout.path("Tests/Data/DatasetsTests/Fixtures/archives/\(name).tar")
  }

  @Test(arguments: [
    ("gnu-gnu", 5), ("gnu-pax", 5), ("gnu-ustar", 4), ("gnu-v7", 2), ("bsd-pax", 5),
    ("bsd-ustar", 4), ("bsd-gnutar", 5), ("python-gnu", 5), ("python-pax", 5), ("python-ustar", 4),
  ])
  func samplesAreThoseThatWerePacked(_ name: String, _ count: Int) throws {
    let dataset = try ImageDataset(at: Self.archive(name))
    // The number of each key's picture, whose one pixel is 40 times as bright.
    let keys = [
      "cat/0001": 0,
      "cat/" + String(repeating: "l", count: 90) + "/"
        + String(repeating: "m", count: 80): 1,
      "dog/" + String(repeating: "n", count: 240): 2, "dog/caf\u{E9}": 3, "dog/0002": 4,
    ]
    #expect(dataset.classes == ["cat", "dog"])
    #expect(dataset.count == count)
    for (index, sample) in dataset.samples.enumerated() {
      let part = try #require(sample.file.part)
      let number = try #require(keys[String(part.name.dropLast(".png".count))], "\(part.name)")
      #expect(sample.label == (part.name.hasPrefix("dog") ? 1 : 0))
      #expect(sample.path == "\(Self.archive(name))/\(part.name)")
      let image = try dataset.image(index, decoding: .exact, shorterSide: 1).image
      #expect(image.pixels == [UInt8](repeating: UInt8(40 * number), count: 3))
    }
  }

  @Test(arguments: [
    ("refused-symbolic-link", "holds 'a.png', which is a symbolic link"),
    ("refused-hard-link", "holds 'a.png', which is a hard link"),
    ("refused-device", "holds 'a.png', which is a device"),
    ("refused-path", "holds the name '../../a.png', which leads out of the archive"),
    ("refused-absolute-path", "holds the name '/etc/a.png', which leads out of the archive"),
    ("refused-sparse-pax", "holds a sparse file"),
    ("refused-sparse-pax-tar", "holds a sparse file"),
    ("refused-sparse-gnu-tar", "holds 'a.png', which is a sparse file"),
    ("refused-global-path", "gives all of its members one name"),
  ])
  func whatCannotBeReadInPlaceIsRefused(_ name: String, _ sentence: String) throws {
    let error = #expect(throws: DatasetError.self) { try ImageDataset(at: Self.archive(name)) }
    #expect(
      error.map { "\($0)".hasPrefix("\(Self.archive(name)) \(sentence)") } == true,
      "\(String(describing: error))")
  }

  /// An archive that is cut off, or with a byte of its first headers changed, is read or refused by a sentence.
  @Test func damageIsRefused() throws {
    let folder = try TemporaryFolder()
    let whole = try Data(contentsOf: URL(fileURLWithPath: Self.archive("gnu-pax")))
    let path = folder.path("damaged.tar")
    for length in [0, 1, 511, 512, 700, 1024, 2047, 3000, whole.count - 1536] {
      try folder.write(whole.prefix(length), to: "damaged.tar")
      let error = #expect(throws: DatasetError.self) { try ImageDataset(at: path) }
      #expect(error.map { "\($0)".hasPrefix(path) } == true)
    }
    for place in stride(from: 0, to: 3072, by: 5) {
      var bytes = whole
      bytes[place] ^= 0x85
      try folder.write(bytes, to: "damaged.tar")
      _ = try? ImageDataset(at: path)
    }
    try folder.write(Data([0x1F, 0x8B, 8, 0]) + Data(count: 1020), to: "damaged.tar")
    #expect {
      try ImageDataset(at: path)
    } throws: {
      "\($0)".contains("is compressed by gzip")
    }
  }

  /// A size that would make the sum of place and size overflow, in octal digits and in GNU's bytes.
  @Test(arguments: [
    "77777777777\0", "\u{80}\0\0\0\u{7F}\u{FF}\u{FF}\u{FF}\u{FF}\u{FF}\u{FF}\u{FF}",
  ])
  func sizesBeyondTheFileAreRefused(_ size: String) throws {
    let folder = try TemporaryFolder()
    var header = Data(count: 512)
    header.replaceSubrange(0..<5, with: Data("a.png".utf8))
    header.replaceSubrange(124..<136, with: size.unicodeScalars.map { UInt8($0.value) })
    header.replaceSubrange(148..<156, with: Data("        ".utf8))
    header[156] = UInt8(ascii: "0")
    let sum = String(header.reduce(0) { $0 + Int($1) }, radix: 8)
    header.replaceSubrange(148..<148 + sum.utf8.count, with: Data(sum.utf8))
    try folder.write(header + Data(count: 1024), to: "large.tar")
    #expect {
      try ImageDataset(at: folder.path("large.tar"))
    } throws: {
      "\($0)".contains("ends within a member")
    }
  }

  @Test func samplesThatLackSomethingAreNamed() throws {
    let folder = try TemporaryFolder()
    let picture = try Image(width: 1, height: 1, color: [1, 2, 3])
    func archive(_ files: [(String, String?)]) throws -> String {
      try folder.write(
        TarFile.archive(
          files.map { name, text in
            try folder.write(picture, to: "picture.png")
            let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.path("picture.png")))
            return (name, text.map { Data($0.utf8) } ?? bytes)
          }), to: "s.tar")
      return folder.path("s.tar")
    }
    for (files, sentence) in [
      ([("a.png", nil)], "s.tar/a has a picture but no class; expected a file 'a.cls'"),
      ([("a.png", nil), ("a.cls", "x")], "has the class 'x' in 'a.cls'; expected a number"),
      ([("a.cls", "0")], "s.tar/a has a class but no picture"),
      ([("a.png", nil), ("a.jpg", nil), ("a.cls", "0")], "holds 2 pictures, 'a.jpg' and 'a.png'"),
      ([("a.png", nil), ("a.PNG", nil), ("a.cls", "0")], "holds 'a.PNG' twice"),
      ([("a.json", "{}")], "s.tar holds nothing that can be used; expected samples of a picture"),
      ([(".a.png", nil)], "s.tar holds no samples"),
    ] as [([(String, String?)], String)] {
      let path = try archive(files)
      let error = #expect(throws: DatasetError.self) { try ImageDataset(at: path) }
      #expect(error.map { "\($0)".contains(sentence) } == true, "\(String(describing: error))")
    }
    // Other files of a sample, hidden ones, and names with several dots are no matter.
    let path = try archive([
      ("x/a.png", nil), ("x/a.cls", " 0\n"), ("x/a.json", "{}"), ("x/._a.png", "?"),
      ("y/b.left.png", nil), ("y/b.png", nil), ("y/b.cls", "1"),
    ])
    #expect(try ImageDataset(at: path).samples.map(\.label) == [0, 1])
  }

  @Test func labelMapsAloneAreNoSet() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      TarFile.archive([("x/a.label.png", Data()), ("x/b.label.png", Data())]), to: "s.tar")
    let path = folder.path("s.tar")
    let error = DatasetError.noImageOfLabels(labels: "\(path)/x/a.label.png", folder: path)
    #expect(throws: error) { try SegmentationDataset(at: path) }
    // With its gaps it can be looked at, and divided.
    let gaps = try SegmentationDataset(withGapsAt: path)
    #expect(gaps.count == 0 && gaps.unpaired.first == error)
    let (training, heldOut) = gaps.holdingOut(0.5)
    #expect(training.count == 0 && heldOut.count == 0)
  }

  @Test func rangesStandForArchives() throws {
    let folder = try TemporaryFolder()
    for (number, name) in ["a-008", "a-009", "a-010"].enumerated() {
      let picture = folder.path("picture.png")
      try folder.write(Image(width: 1, height: 1, color: [1, 2, 3]), to: "picture.png")
      try folder.write(
        TarFile.archive([
          ("c\(number)/x.png", try Data(contentsOf: URL(fileURLWithPath: picture))),
          ("c\(number)/x.cls", Data("\(number)".utf8)),
        ]), to: "\(name).tar")
    }
    let set = try ImageDataset(at: folder.path("a-{008..010}.tar"))
    #expect(set.classes == ["c0", "c1", "c2"])
    #expect(
      set.samples.map(\.path)
        == [folder.path("a-008.tar/c0/x.png"), folder.path("a-009.tar/c1/x.png")]
        + [folder.path("a-010.tar/c2/x.png")])
    let pattern = folder.path("a-{008..011}.tar")
    let missing = DatasetError.missingShard(
      path: folder.path("a-011.tar"), pattern: pattern, count: 4)
    #expect(throws: missing) { try ImageDataset(at: pattern) }
    #expect("\(missing)".contains("a-011.tar is not there, one of the 4 shards that"))
    let single = DatasetError.notFound(path: folder.path("a-011.tar"))
    #expect(throws: single) { try ImageDataset(at: folder.path("a-011.tar")) }
    #expect("\(single)".contains("or tar shards"))
    for range in ["{3..1}", "{0..99999999999999999999}", "{0..400}-{0..400}"] {
      #expect {
        try ImageDataset(at: folder.path("a-\(range).tar"))
      } throws: {
        "\($0)".contains("counts down, or stands for more than 100000 archives")
      }
    }
  }
}
