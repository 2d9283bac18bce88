import Inference

/// How predictions are printed.
enum PredictionFormat {
  /// A line for people for each picture.
  case text
  /// One JSON document.
  case json
  /// A row for each picture.
  case csv
}

/// Prints predictions as they come, so that a folder of any length takes no memory.
protocol PredictionReport {
  /// Whether every picture gives a line for people, so that they need no other sign of progress.
  var printsEveryPicture: Bool { get }

  /// Prints what stands before the first picture.
  func begin() throws
  /// Prints what is on a picture.
  func add(_ prediction: TrainedNetwork.FilePrediction, of path: String) throws
  /// Prints what stands after the last picture.
  func end(_ failures: PredictionFailures) throws
}
