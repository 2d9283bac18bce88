import Datasets
import Foundation
import Imaging
import Inference
import Messages
import Tables

/// Writes class maps as pictures, and prints the share of each class.
final class SegmentationReport: PredictionReport {
  /// The endings of the names of what is written for a picture.
  static func suffixes(maskOnly: Bool) -> [String] {
    maskOnly ? ["-labels.png"] : ["-labels.png", "-overlay.png"]
  }

  /// What stands before the pictures in JSON.
  private struct Head: Encodable {
    let classes: [String]
  }

  /// A picture in JSON.
  private struct Item: Encodable {
    let file: String
    let labels: String
    let overlay: String?
    let width: Int
    let height: Int
    /// The share of each class in the picture, in the order of the classes.
    let shares: [Double]
  }

  private let format: PredictionFormat
  private let classes: SegmentationClasses
  private let pictures: SegmentationPictures
  private let files: OutputFiles
  private let maskOnly: Bool
  private let items = JSONItems()

  var printsEveryPicture: Bool { format == .text }

  init(
    format: PredictionFormat, classes: SegmentationClasses, files: OutputFiles, maskOnly: Bool,
    opacity: Double
  ) {
    self.format = format
    self.classes = classes
    self.files = files
    self.maskOnly = maskOnly
    pictures = SegmentationPictures(classes, opacity: opacity)
  }

  func begin() throws {
    switch format {
    case .text: break
    case .json: try items.begin(Head(classes: classes.names))
    case .csv:
      let head = ["file", "labels"] + (maskOnly ? [] : ["overlay"]) + classes.names
      try StandardOutput.write(CommaSeparated.text([head]))
    }
  }

  func add(_ prediction: TrainedNetwork.FilePrediction, of path: String) throws {
    guard case .classMap(let classMap, let picture) = prediction else { return }
    let overlay = maskOnly ? nil : try pictures.overlay(classMap, over: picture)
    let paths = try Self.suffixes(maskOnly: maskOnly).map { try files.preparedPath(of: path, $0) }
    try classes.labelIds(of: classMap).writePNG(to: paths[0])
    try overlay?.writePNG(to: paths[1])
    switch format {
    case .text:
      try StandardOutput.write(
        "\(path): \(pictures.shareText(in: classMap)); \(paths[0])".visible + "\n")
    case .json:
      try items.add(
        Item(
          file: path, labels: paths[0], overlay: overlay == nil ? nil : paths[1],
          width: classMap.width, height: classMap.height, shares: pictures.shares(in: classMap)))
    case .csv:
      let row = [path] + paths + pictures.shares(in: classMap).map { "\($0)" }
      try StandardOutput.write(CommaSeparated.text([row]))
    }
  }

  func end(_ failures: PredictionFailures) throws {
    if format == .json { try items.end(failures) }
  }
}
