import DataTestSupport
import Datasets
import Foundation
import Imaging
import Testing

/// The samples of several domains are those of one set that holds all of them.
@Suite struct JoinedSamplesTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for (number, name) in ["one/cat/a", "one/dog/a", "two/cat/a", "two/cat/b", "two/dog/a"]
      .enumerated()
    {
      let pixels = (0..<40 * 30 * 3).map { UInt8(truncatingIfNeeded: $0 &* (7919 + number) >> 3) }
      try folder.write(
        Image(width: 40, height: 30, channels: 3, pixels: pixels), to: "\(name).png")
    }
    try folder.write(
      Data(
        "one/cat/a.png 0\none/dog/a.png 1\ntwo/cat/a.png 0\ntwo/cat/b.png 0\ntwo/dog/a.png 1\n"
          .utf8), to: "all.txt")
  }

  private func samples(_ name: String, from start: Int = 0) throws -> ClassificationSamples {
    ClassificationSamples(
      try ImageDataset(at: folder.path(name)), numberedFrom: start,
      preparation: .augmented(try RandAugment(operations: 2, magnitude: 20), seed: 1), size: 24,
      needsKeyView: true, normalization: .imageNet)
  }

  private func views(_ source: any SampleSource) throws -> [[Float]] {
    let loader = BatchLoader(
      source, plan: (0..<3).map { (epoch: $0, indices: [4, 0, 2, 3, 1]) }, workers: 2)
    var views: [[Float]] = []
    while let batch = try loader.next() {
      views.append(Array(batch.query.bindMemory(to: Float.self)))
      views.append(batch.key.map { Array($0.bindMemory(to: Float.self)) } ?? [])
      views.append(batch.labels.bindMemory(to: Int64.self).map(Float.init))
    }
    return views
  }

  @Test func viewsAreThoseOfOneList() throws {
    let joined = JoinedSamples([try samples("one"), try samples("two", from: 2)])
    #expect(joined.count == 5)
    let expected = try views(samples("all.txt"))
    let isEqual = try views(joined) == expected
    #expect(isEqual)
    // Numbered from 0 again, two domains would share their randomness.
    let sharing = try views(JoinedSamples([try samples("one"), try samples("two")]))
    #expect(sharing != expected)
  }
}
