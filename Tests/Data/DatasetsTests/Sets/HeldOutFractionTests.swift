import DataTestSupport
import Datasets
import Foundation
import Testing

@Suite("A share of a data set held out")
struct HeldOutFractionTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func dataset(_ counts: [Int], in name: String = "set") throws -> ImageDataset {
    let lines = counts.enumerated().flatMap { label, count in
      (0..<count).map { "class\(label)/\($0).png \(label)\n" }
    }
    try folder.write(Data(lines.joined().utf8), to: "\(name)/image_list.txt")
    return try ImageDataset(at: folder.path(name))
  }

  @Test("every image is on one side, in the set's order, and every class has its share")
  func division() throws {
    let set = try dataset([100, 40, 3, 1])
    let (training, heldOut) = set.holdingOut(0.05)
    #expect(heldOut.classCounts == [5, 2, 1, 0])
    #expect(training.classCounts == [95, 38, 2, 1])
    let held = Set(heldOut.samples.map(\.path))
    #expect(set.samples.filter { !held.contains($0.path) } == training.samples)
    #expect(set.samples.filter { held.contains($0.path) } == heldOut.samples)
    #expect(heldOut.classes == set.classes)
    #expect(training.path == set.path)
    #expect(heldOut.path != set.path)
  }

  @Test("the share depends on the paths within the set alone, however the set is named")
  func stability() throws {
    func names(_ set: ImageDataset) -> [String] {
      set.holdingOut(0.2).heldOut.samples.map {
        $0.path.split(separator: "/").suffix(2).joined(separator: "/")
      }
    }
    let expected = names(try dataset([30, 30]))
    #expect(names(try dataset([30, 30], in: "elsewhere/deeper")) == expected)
    #expect(names(try ImageDataset(at: folder.path("set/image_list.txt"))) == expected)
    #expect(names(try ImageDataset(at: folder.path("set") + "/")) == expected)
  }

  @Test("an image more moves at most one other")
  func growth() throws {
    let small = Set(try dataset([40]).holdingOut(0.25).heldOut.samples.map(\.path))
    let large = Set(try dataset([41]).holdingOut(0.25).heldOut.samples.map(\.path))
    #expect(small.count == 10 && large.count == 10)
    #expect(small.subtracting(large).count <= 1)
  }
}
