import Datasets
import Foundation
import Imaging
import ReferenceSupport
import Runs
import Testing
import Torch

/// Intersection over union, against Cityscapes' own evaluation of the same pairs.
@Suite struct MeanIoUTests {
  private struct Expected: Decodable {
    let pairs: Int
    let height: Int
    let width: Int
    let miou: Double
    let iou: [String: Double]
  }

  @Test func equalsCityscapesToTheLastDigit() throws {
    let expected = try Fixture.json("segmentation/cityscapes", as: Expected.self)
    #expect(expected.pairs >= 20)
    let classes = SegmentationClasses.cityscapes
    var confusion = ConfusionMatrix(classes: classes.names.count)
    for index in 0..<expected.pairs {
      let (labels, prediction) = try pair(index, expected, classes)
      try confusion.add(labels: labels, predictions: prediction)
    }
    #expect(abs(confusion.meanIntersectionOverUnion - expected.miou) < 1e-12)
    #expect(expected.iou.count == classes.names.count)
    for (name, value) in zip(classes.names, confusion.intersectionsOverUnions) {
      #expect(abs((value ?? -1) - (expected.iou[name] ?? -2)) < 1e-12, "\(name)")
    }
  }

  @Test func handComputedFigures() {
    let confusion = ConfusionMatrix(counts: [[3, 1, 0], [2, 4, 0], [0, 0, 0]])
    #expect(confusion.intersectionsOverUnions == [0.5, 4.0 / 7, nil])
    #expect(confusion.meanIntersectionOverUnion == (0.5 + 4.0 / 7) / 2)
    #expect(confusion.accuracy == 0.7)
    // What was taken for a class that is left out of the mean stays an error.
    let mean = confusion.mean(of: confusion.intersectionsOverUnions, without: [0])
    #expect(mean == 4.0 / 7)
    let accuracy = confusion.mean(of: confusion.classAccuracies, without: [1, 2])
    #expect(accuracy == 0.75)
  }

  /// A class that is predicted but does not occur has a figure, which the mean leaves out.
  @Test func theMeanIsOverClassesThatOccur() {
    let confusion = ConfusionMatrix(counts: [[3, 1], [0, 0]])
    #expect(confusion.intersectionsOverUnions == [0.75, 0])
    #expect(confusion.meanIntersectionOverUnion == 0.75)
    #expect(ConfusionMatrix(classes: 2).meanIntersectionOverUnion == 0)
  }

  @Test func pixelsWithoutAClassAreNotCounted() throws {
    var confusion = ConfusionMatrix(classes: 2)
    try confusion.add(
      labels: Tensor([0, 1, 255, 255, 1] as [Int64]),
      predictions: Tensor([0, 0, 1, 0, 1] as [Int64]))
    #expect(confusion.counts == [[1, 0], [1, 1]])
  }

  /// The pair of the script, as class indices.
  private func pair(
    _ index: Int, _ expected: Expected, _ classes: SegmentationClasses
  ) throws -> (Tensor, Tensor) {
    let (height, width) = (expected.height, expected.width)
    func blocks(_ name: String, values: Int) throws -> [Int] {
      let coarse: [Int64] = try Filling.labels(
        name, height / 8 * (width / 8), classes: values
      ).scalars()
      return (0..<height * width).map { pixel in
        Int(coarse[pixel / width / 8 * (width / 8) + pixel % width / 8])
      }
    }
    let ids = try blocks("pair\(index).labels", values: 34)
    let others = try blocks("pair\(index).others", values: 19)
    let differs: [Int64] = try Filling.labels(
      "pair\(index).differs", height * width, classes: 3
    ).scalars()
    let indices = ids.map { id in
      classes.classes.firstIndex { $0.values.contains(UInt8(id)) } ?? 255
    }
    let predictions = zip(zip(indices, others), differs).map { pair, differs in
      differs == 0 || pair.0 == 255 ? pair.1 : pair.0
    }
    return (
      try Tensor(indices.map(Int64.init), shape: [height, width]),
      try Tensor(predictions.map(Int64.init), shape: [height, width])
    )
  }
}
