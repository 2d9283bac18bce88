import Foundation
import Imaging
import Pipelines
import Processors

/// What a set of labelled scenes holds: the share of each class, the range of sizes, and what is wrong with it.
public struct SegmentationCensus: Sendable, CustomStringConvertible {
  /// The share of a class in the set.
  public struct ClassCount: Sendable, Equatable {
    /// Its name.
    public let name: String
    /// The number of labelled pixels of this class.
    public let pixels: Int
    /// The number of images in which it occurs.
    public let images: Int
  }

  /// The classes, by index.
  public let classes: [ClassCount]
  /// The number of images that could be read with their labels.
  public let images: Int
  /// The number of pixels that belong to no class.
  public let ignoredPixels: Int
  /// The smallest and largest width and height, in pixels; nil if no image could be read.
  public let sizes: (widths: ClosedRange<Int>, heights: ClosedRange<Int>)?
  /// Why each image or label map cannot be used.
  public let problems: [String]
  /// What is wrong with each image that is damaged but can still be decoded; such images are used for training.
  public let damaged: [String]

  /// What was left out when the set was read, or looks as if its classes were others.
  public let remark: String?

  /// Reads every image and label map of `dataset`, on all cores.
  public init(of dataset: SegmentationDataset) {
    var pixels = [Int](repeating: 0, count: 256)
    var occurrences = [Int](repeating: 0, count: 256)
    var widths: [Int] = []
    var heights: [Int] = []
    var problems: [String] = []
    var damaged: [String] = []
    let reader = OrderedPipeline(
      0..<dataset.count, workers: Processors.count, name: "census"
    ) { index in
      Result { try dataset.read(index) }
    }
    while let result = try? reader.next() {
      switch result {
      case .failure(let error): problems.append("\(error)")
      case .success(let scene):
        var counts = [Int](repeating: 0, count: 256)
        for value in scene.classMap.pixels { counts[Int(value)] += 1 }
        for (value, count) in counts.enumerated() where count > 0 {
          pixels[value] += count
          occurrences[value] += 1
        }
        if let damage = scene.damage { damaged.append(damage) }
        widths.append(scene.image.width)
        heights.append(scene.image.height)
      }
    }
    classes = dataset.classNames.enumerated().map { index, name in
      ClassCount(name: name, pixels: pixels[index], images: occurrences[index])
    }
    images = widths.count
    ignoredPixels = pixels[Int(SegmentationClasses.ignored)]
    sizes =
      if let narrowest = widths.min(), let widest = widths.max(), let lowest = heights.min(),
        let highest = heights.max()
      {
        (narrowest...widest, lowest...highest)
      } else {
        nil
      }
    let isLabelled = classes.contains { $0.pixels > 0 }
    self.problems =
      dataset.unpaired.map(\.description) + problems
      + (images > 0 && !isLabelled
        ? ["\(DatasetError.nothingLabelled(path: dataset.path))"] : [])
    self.damaged = damaged
    let remarks = [
      dataset.remark, Self.doubt(of: dataset, ignoring: ignoredPixels, of: pixels.reduce(0, +)),
    ].compactMap(\.self)
    remark = remarks.isEmpty ? nil : remarks.joined(separator: "\n")
  }

  /// What is said of a set without a table of classes whose label maps hardly look like Cityscapes', by whose ids they are read.
  private static func doubt(
    of dataset: SegmentationDataset, ignoring ignored: Int, of pixels: Int
  ) -> String? {
    guard dataset.classTablePath == nil, dataset.classes == .cityscapes, ignored > pixels / 4 else {
      return nil
    }
    return
      "there is no classes.yaml in \(dataset.path), so that values are taken for Cityscapes' label ids; if they are not, say in one "
      + "what they stand for"
  }

  /// A line for each class, then the sizes and everything that is wrong.
  public var description: String {
    let width = classes.map(\.name.count).max() ?? 0
    let labelled = classes.reduce(0) { $0 + $1.pixels }
    func percent(_ count: Int, of total: Int) -> String {
      String(format: "%6.2f %%", 100 * Double(count) / Double(max(total, 1)))
    }
    var lines = classes.map { entry in
      entry.name + String(repeating: " ", count: width - entry.name.count)
        + "  \(percent(entry.pixels, of: labelled)) of labelled pixels, in \(entry.images) images"
    }
    lines.append(
      "\(images) images with label maps, \(classes.count) classes, "
        + percent(ignoredPixels, of: labelled + ignoredPixels).trimmingCharacters(in: .whitespaces)
        + " of all pixels in none")
    if let sizes {
      lines.append(
        "\(sizes.widths.lowerBound)–\(sizes.widths.upperBound) pixels wide, "
          + "\(sizes.heights.lowerBound)–\(sizes.heights.upperBound) high")
    }
    lines += remark.map { [$0] } ?? []
    if !(problems.isEmpty && damaged.isEmpty) {
      lines.append(
        "\(problems.count) pair\(problems.count == 1 ? "" : "s") of no use, \(damaged.count) damaged but readable"
      )
    }
    return (lines + problems + damaged.map { "damaged: \($0)" }).joined(separator: "\n")
  }
}
