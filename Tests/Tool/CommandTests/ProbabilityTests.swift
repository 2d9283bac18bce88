import Foundation
import Generalization
import TensorFiles
import Testing

extension CommandSuite {
  /// What `evaluate` says of a classifier's probabilities.
  @Suite struct ProbabilityTests {
    private struct Record: Decodable {
      struct Probabilities: Decodable {
        let samples: Int
        let ece: Double
        let ece_calibrated: Double?
        let temperature: Double?
      }
      struct Rejection: Decodable {
        let score: String
        let threshold: Double
        let coverage: Double
        let accuracy: Double?
      }
      struct Unknown: Decodable {
        let folder: String
        let images: Int
        let auroc_softmax: Double
        let auroc_energy: Double
        let accepted: Double?
      }

      let dataset: String
      let classes: [String]
      let accuracy: Double
      let accuracy_by_class: [Double?]
      let class_accuracies: [String: Double]
      let confusion: [[Int]]
      let probabilities: Probabilities
      let rejection: Rejection?
      let unknown: [Unknown]?
    }

    /// A classifier that takes some held-out images for others, and the same run to look at in all tests.
    private let run: SmallRun

    init() throws {
      run = try SmallRun()
      #expect(try run.train(set: ["train.iterations=3", "evaluate.every=1"]).exitCode == 0)
    }

    @Test func everyPredictionIsInTheTableWithItsProbabilities() throws {
      let table = run.folder.path("out/table.csv")
      let outcome = try evaluate(["--predictions", table, "--json"])
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      let records = try outcome.json(as: [Record].self)
      let lines = try String(contentsOfFile: table, encoding: .utf8).split(separator: "\n")
      #expect(lines.first == "dataset,image,class,predicted,energy,apple,boat")
      let rows = lines.dropFirst().map { $0.split(separator: ",").map(String.init) }
      #expect(rows.count == 8)
      for record in records {
        let own = rows.filter { $0[0] == record.dataset }
        #expect(own.count == 4)
        let right = own.count { $0[2] == $0[3] }
        #expect(Double(right) / 4 == record.accuracy)
        for row in own {
          #expect(FileManager.default.fileExists(atPath: row[1]))
          let probabilities = row.suffix(2).compactMap(Double.init)
          #expect(probabilities.count == 2 && abs(probabilities.reduce(0, +) - 1) < 1e-6)
        }
        // The calibration error, from what the table says.
        let predictions = own.map { row -> (confidence: Double, isCorrect: Bool) in
          let apple = Double(row[5]) ?? .nan
          return (max(apple, 1 - apple), (apple > 0.5 ? "apple" : "boat") == row[2])
        }
        let error = Reliability(predictions).expectedCalibrationError
        let stated = record.probabilities.ece_calibrated ?? record.probabilities.ece
        #expect(abs(error - stated) < 1e-5)
      }
      // A folder gets a file of its own; data are never overwritten.
      #expect(try evaluate(["--predictions", run.folder.path("more")]).exitCode == 0)
      #expect(run.exists("more/predictions.csv"))
      let list = try run.folder.write("held-out/apple/0.png 0\n", to: "list.csv")
      let refused = try evaluate(["--predictions", list], data: [list])
      #expect(refused.exitCode == 1)
      #expect(refused.sentence.contains("\(list) is read"), "\(refused.sentence)")
      #expect(try String(contentsOfFile: list, encoding: .utf8) == "held-out/apple/0.png 0\n")
    }

    @Test func aRejectOptionAndUnknownImagesHaveTheirFigures() throws {
      try run.folder.writePictures("strange", classes: ["x", "y", "z"], count: 1)
      let strange = run.folder.path("strange")
      let all = try evaluate(["--threshold", "0", "--unknown", strange, "--json"])
      for record in try all.json(as: [Record].self) {
        let rejection = try #require(record.rejection)
        #expect(rejection.coverage == 1 && rejection.score == "softmax")
        // Without mirror images the rule of the accuracy takes the most probable class.
        #expect(rejection.accuracy == record.accuracy)
        let unknown = try #require(record.unknown?.first)
        #expect(unknown.folder == strange && unknown.images == 3 && unknown.accepted == 1)
        #expect((0...1).contains(unknown.auroc_softmax) && (0...1).contains(unknown.auroc_energy))
      }
      let none = try evaluate(["--threshold", "1", "--json"])
      #expect(try none.json(as: [Record].self).allSatisfy { $0.rejection?.coverage == 0 })
      let energy = try evaluate(["--threshold=-99", "--score", "energy"])
      #expect(energy.output.contains("accepted at energy ≥ -99.0"), "\(energy.output)")
      #expect(try evaluate(["--threshold", "2"]).exitCode == 64)
      let missing = try evaluate(["--unknown", run.folder.path("nothing")])
      #expect(missing.exitCode == 1 && missing.sentence.contains("nothing"))
    }

    @Test func figuresByClassStandInTheOrderOfTheClasses() throws {
      let records = try evaluate(["--json"]).json(as: [Record].self)
      #expect(records.count == 2)
      for record in records {
        #expect(record.classes == ["apple", "boat"])
        for (index, name) in record.classes.enumerated() {
          let row = record.confusion[index]
          let share = Double(row[index]) / Double(row.reduce(0, +))
          #expect(record.accuracy_by_class[index] == share)
          #expect(record.class_accuracies[name] == share)
        }
      }
    }

    @Test func aRunsFolderStandsForItsBestCheckpointAndItsData() throws {
      let best = run.folder.path("run/checkpoints/best.safetensors")
      let data = ["--data", run.folder.path("held-out"), "--data", run.folder.path("photographs")]
      let named = try Command.run(["evaluate", best, "--threads", "1", "--device", "cpu"] + data)
      let folder = try evaluate([])
      #expect(folder.exitCode == 0 && folder.output == named.output)
      let empty = try Command.run(["evaluate", run.folder.path("photographs")])
      #expect(empty.exitCode == 1)
      #expect(empty.sentence.contains("checkpoints/best.safetensors"), "\(empty.sentence)")
      // A checkpoint without a recipe names no data.
      var file = try TensorFile.read(best)
      file.metadata["recipe"] = nil
      let bare = run.folder.path("bare.safetensors")
      try TensorFile.write(file, to: bare)
      let refused = try Command.run(["evaluate", bare])
      #expect(refused.exitCode == 64)
      #expect(refused.errors.contains("--data"), "\(refused.errors)")
    }

    @Test func theTemperatureOfACheckpointIsUsed() throws {
      let best = run.folder.path("run/checkpoints/best.safetensors")
      var file = try TensorFile.read(best)
      func calibrated(_ text: String?) throws -> Command.Outcome {
        file.metadata["calibration"] = text
        let path = run.folder.path("changed.safetensors")
        try TensorFile.write(file, to: path)
        return try Command.run(
          ["evaluate", path, "--json", "--threads", "1", "--device", "cpu"]
            + ["--data", run.folder.path("held-out")])
      }
      let text = #"{"ece_after":0.1,"ece_before":0.2,"samples":4,"temperature":3}"#
      let warm = try #require(try calibrated(text).json(as: [Record].self).first)
      #expect(warm.probabilities.temperature == 3)
      #expect(warm.probabilities.ece_calibrated != nil)
      let plain = try #require(try calibrated(nil).json(as: [Record].self).first)
      #expect(plain.probabilities.temperature == nil && plain.probabilities.ece_calibrated == nil)
      #expect(plain.probabilities.ece == warm.probabilities.ece)
      let damaged = try calibrated(#"{"temperature":-1}"#)
      #expect(damaged.exitCode == 1)
      #expect(damaged.sentence.contains("'calibration' in its metadata"), "\(damaged.sentence)")
    }

    private func evaluate(_ more: [String], data: [String] = []) throws -> Command.Outcome {
      try Command.run(
        ["evaluate", run.folder.path("run"), "--threads", "1", "--device", "cpu"]
          + data.flatMap { ["--data", $0] } + more)
    }
  }
}
