import Imaging

/// What a data set holds: images by class, the range of their sizes, and the files that cannot be read.
public struct DatasetCensus: Sendable, CustomStringConvertible {
  /// The number of images of each class, by name, in the order of labels.
  public let classCounts: [(name: String, count: Int)]
  /// The smallest and largest width and height, in pixels; nil if no image could be read.
  public let sizes: (widths: ClosedRange<Int>, heights: ClosedRange<Int>)?
  /// Why each unreadable file, including truncated ones, cannot be read.
  public let unreadable: [String]
  /// What is wrong with each file that is damaged but can still be decoded; such files are used for training.
  public let damaged: [String]

  /// What was left out when the set was read, and labels that no image has.
  public let remarks: [String]

  /// Reads every image of `dataset`.
  public init(of dataset: ImageDataset) {
    var remarks = dataset.remark.map { [$0] } ?? []
    // A set for evaluation may lack classes; a set for training may not.
    do throws(DatasetError) {
      try dataset.requireEveryClass()
    } catch {
      remarks.append("not to be trained on: \(error)")
    }
    self.remarks = remarks
    classCounts = zip(dataset.classes, dataset.classCounts).map { ($0, $1) }
    var unreadable: [String] = []
    var damaged: [String] = []
    var sizes: (widths: ClosedRange<Int>, heights: ClosedRange<Int>)?
    for sample in dataset.samples {
      do throws(ImageError) {
        let decoded = try sample.file.decoded(isUpright: dataset.isUpright)
        if let damage = decoded.damage { damaged.append("\(sample.path): \(damage).") }
        let image = decoded.image
        let (widths, heights) =
          sizes ?? (image.width...image.width, image.height...image.height)
        sizes = (widths.including(image.width), heights.including(image.height))
      } catch {
        unreadable.append("\(error)")
      }
    }
    self.sizes = sizes
    self.unreadable = unreadable
    self.damaged = damaged
  }

  /// A line for each class, then the total, the sizes, and every unreadable or damaged file.
  public var description: String {
    let occurring = classCounts.filter { $0.count > 0 }
    let width = occurring.map(\.name.count).max() ?? 0
    var lines = occurring.map { name, count in
      name + String(repeating: " ", count: width - name.count) + "  \(count)"
    }
    lines.append(
      "\(classCounts.reduce(0) { $0 + $1.count }) images in \(classCounts.count) classes")
    if let sizes {
      lines.append(
        "\(sizes.widths.lowerBound)–\(sizes.widths.upperBound) pixels wide, "
          + "\(sizes.heights.lowerBound)–\(sizes.heights.upperBound) high")
    }
    lines += remarks
    if !(unreadable.isEmpty && damaged.isEmpty) {
      lines.append("\(unreadable.count) unreadable, \(damaged.count) damaged but readable")
    }
    lines += unreadable.map { "unreadable: \($0)" } + damaged.map { "damaged: \($0)" }
    return lines.joined(separator: "\n")
  }
}

extension ClosedRange<Int> {
  fileprivate func including(_ value: Int) -> ClosedRange<Int> {
    Swift.min(lowerBound, value)...Swift.max(upperBound, value)
  }
}
