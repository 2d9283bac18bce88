import Foundation
import Inference
import Messages
import Tables

/// Prints the classes of pictures.
final class ClassReport: PredictionReport {
  /// A class with its probability.
  private struct Guess: Encodable {
    let name: String
    let probability: Double

    private enum CodingKeys: String, CodingKey {
      case name = "class"
      case probability
    }
  }

  /// What stands before the pictures in JSON.
  private struct Head: Encodable {
    let classes: [String]
    let temperature: Double
    let threshold: Double?
  }

  /// A picture in JSON.
  private struct Item: Encodable {
    let file: String
    /// nil where the picture is rejected.
    let name: String?
    let rejected: Bool
    let energy: Double
    /// In the order of the classes.
    let probabilities: [Double]
    let top: [Guess]

    private enum CodingKeys: String, CodingKey {
      case file
      case name = "class"
      case rejected
      case energy
      case probabilities
      case top
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(file, forKey: .file)
      try container.encode(name, forKey: .name)
      try container.encode(rejected, forKey: .rejected)
      try container.encode(energy, forKey: .energy)
      try container.encode(probabilities, forKey: .probabilities)
      try container.encode(top, forKey: .top)
    }
  }

  private let format: PredictionFormat
  private let classes: [String]
  private let temperature: Double
  private let top: Int
  private let threshold: Double?
  private let items = JSONItems()

  var printsEveryPicture: Bool { format == .text }

  init(
    format: PredictionFormat, classes: [String], temperature: Double, top: Int, threshold: Double?
  ) {
    self.format = format
    self.classes = classes
    self.temperature = temperature
    self.top = top
    self.threshold = threshold
  }

  func begin() throws {
    switch format {
    case .text: break
    case .json:
      try items.begin(Head(classes: classes, temperature: temperature, threshold: threshold))
    case .csv:
      let head = ["file", "class", "probability", "rejected", "energy"] + classes
      try StandardOutput.write(CommaSeparated.text([head]))
    }
  }

  func add(_ prediction: TrainedNetwork.FilePrediction, of path: String) throws {
    guard case .classes(let prediction) = prediction else { return }
    let best = prediction.ranking.prefix(top).map {
      Guess(name: classes[$0], probability: prediction.probabilities[$0])
    }
    guard let first = best.first else { return }
    let isRejected = threshold.map { first.probability < $0 } ?? false
    switch format {
    case .text:
      let guesses = best.map { "\($0.name) \(String(format: "%.3f", $0.probability))" }
      try StandardOutput.write(
        "\(path): \(isRejected ? "rejected, likeliest " : "")\(guesses.joined(separator: ", "))"
          .visible
          + "\n")
    case .json:
      try items.add(
        Item(
          file: path, name: isRejected ? nil : first.name, rejected: isRejected,
          energy: prediction.energy, probabilities: prediction.probabilities, top: best))
    case .csv:
      let row =
        [path, isRejected ? "" : first.name, "\(first.probability)", isRejected ? "yes" : "no"]
        + ["\(prediction.energy)"] + prediction.probabilities.map { "\($0)" }
      try StandardOutput.write(CommaSeparated.text([row]))
    }
  }

  func end(_ failures: PredictionFailures) throws {
    if format == .json { try items.end(failures) }
  }
}
