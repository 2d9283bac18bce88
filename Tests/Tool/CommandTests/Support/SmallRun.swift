import Foundation
import TensorFiles

/// Made-up data and a recipe for it that trains in seconds.
struct SmallRun {
  let folder: ScratchFolder
  let recipe: String

  /// Data on which the training of a backbone from random weights is quick.
  /// - Parameters:
  ///   - backbone: EfficientNet-Lite0 has the smallest checkpoints, and most of the time of such a run is theirs.
  ///   - isLarge: whether to expect many checkpoints.
  init(
    method: String = "{name: vanilla}", backbone: String = "efficientnet-lite0",
    iterations: Int = 2, every: Int = 2, isLarge: Bool = false
  ) throws {
    folder = try ScratchFolder(isLarge: isLarge)
    try folder.writePictures("drawings")
    try folder.writePictures("held-out", count: 2)
    try folder.writePictures("photographs", count: 2)
    recipe = try folder.write(
      """
      data:
        train: \(folder.path("drawings"))
        held_out: \(folder.path("held-out"))
        real: [\(folder.path("photographs"))]
        image_size: 32
      model:
        backbone: \(backbone)
        weights: random
        head_width: 16
      method: \(method)
      train:
        iterations: \(iterations)
        batch_size: 4
      evaluate:
        every: \(every)
      """, to: "small.yaml")
  }

  /// The arguments that train into the folder `name`.
  func training(into name: String = "run", _ more: [String] = []) -> [String] {
    ["train", recipe, "--output", folder.path(name), "--device", "cpu", "--threads", "1"] + more
  }

  /// Trains into the folder `name` with values of the recipe set.
  func train(
    _ more: [String] = [], into name: String = "run", set values: [String] = []
  ) throws -> Command.Outcome {
    try Command.run(training(into: name, values.flatMap { ["--set", $0] } + more))
  }

  func exists(_ relativePath: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.path(relativePath))
  }

  /// The whole lines of a file so far.
  func lineCount(_ relativePath: String) -> Int {
    FileManager.default.contents(atPath: folder.path(relativePath))?
      .count { $0 == UInt8(ascii: "\n") } ?? 0
  }

  /// All tensors of a run's last checkpoint: networks, queues, momentum.
  func lastState(of name: String) throws -> [StateDictionary.Entry] {
    try state(at: "\(name)/checkpoints/last.safetensors")
  }

  /// All tensors of a file.
  func state(at relativePath: String) throws -> [StateDictionary.Entry] {
    try TensorFile.read(folder.path(relativePath)).entries
  }

  /// The lines of a run's metrics without the speed, each parsed and written again with sorted keys.
  func metrics(of name: String = "run") throws -> [String] {
    try String(contentsOfFile: folder.path("\(name)/metrics.jsonl"), encoding: .utf8)
      .split(separator: "\n")
      .map { line in
        var members = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        members?["images_per_second"] = nil
        return String(
          decoding: try JSONSerialization.data(
            withJSONObject: members as Any, options: .sortedKeys), as: UTF8.self)
      }
  }
}
