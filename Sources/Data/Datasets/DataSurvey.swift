import Imaging

/// What lies in a folder of pictures: enough to propose how to train on it. Only a few of its pictures are read.
public struct DataSurvey: Sendable {
  /// How the pictures are laid out.
  public enum Layout: Sendable, Equatable {
    /// Each has a class.
    case classes
    /// Each has a map of the classes of its pixels.
    case scenes
    /// Nobody says what is on them.
    case unlabelled
  }

  /// The path of the folder or list.
  public let path: String
  /// How the pictures are laid out.
  public let layout: Layout
  /// The names of the classes; empty where there are none.
  public let classNames: [String]
  /// The number of pictures of each class; empty where pictures have none.
  public let classCounts: [Int]
  /// The number of pictures.
  public let count: Int
  /// The median of the shorter sides of those that were read, in pixels; nil if none could be.
  public let shorterSide: Int?
  /// Why some of those that were to be read could not be.
  public let unreadable: [String]
  /// What was left out, in a sentence; nil if nothing was.
  public let remark: String?

  /// The number of pictures that are read.
  private static let sampleCount = 48

  /// Looks at what is at `path`.
  /// - Throws: `DatasetError` where nothing there can be used.
  public init(of path: String) throws {
    let dataset: any LabelledDataset
    if SegmentationDataset.isLaidOut(at: path) {
      dataset = try SegmentationDataset(at: path)
      layout = .scenes
      classCounts = []
    } else {
      let images: ImageDataset
      do {
        images = try ImageDataset(at: path)
      } catch DatasetError.unlabelled {
        images = try ImageDataset(unlabelledAt: path)
      }
      dataset = images
      layout = images.isLabelled ? .classes : .unlabelled
      classCounts = images.isLabelled ? images.classCounts : []
    }
    self.path = path
    classNames = layout == .unlabelled ? [] : dataset.classNames
    count = dataset.count
    remark = dataset.remark
    var sides: [Int] = []
    var unreadable: [String] = []
    let step = max(1, dataset.count / Self.sampleCount)
    for index in stride(from: 0, to: dataset.count, by: step) {
      guard let file = dataset.files(of: index).first else { continue }
      do throws(ImageError) {
        let image = try file.decoded().image
        sides.append(min(image.width, image.height))
      } catch {
        unreadable.append("\(error)")
      }
    }
    shorterSide = sides.isEmpty ? nil : sides.sorted()[sides.count / 2]
    self.unreadable = unreadable
  }
}
