import Foundation
import Testing

extension CommandSuite {
  /// What `predict` says of many pictures.
  @Suite struct PredictingTests {
    private struct Document: Decodable {
      struct Item: Decodable {
        struct Guess: Decodable {
          let probability: Double
        }

        let file: String
        let `class`: String?
        let rejected: Bool
        let energy: Double
        let probabilities: [Double]
        let top: [Guess]
      }

      struct Failure: Decodable {
        let file: String
      }

      let classes: [String]
      let temperature: Double
      let predictions: [Item]
      let failed: [Failure]
    }

    private let run: SmallRun
    private var checkpoint: String { run.folder.path("run/checkpoints/best.safetensors") }

    init() throws {
      run = try SmallRun()
      #expect(try run.train().exitCode == 0)
    }

    /// Probabilities are those of a softmax, and do not depend on threads or on the pictures beside.
    @Test func aFolderIsJudgedAsItsPicturesAre() throws {
      let document = try predict(["photographs"], ["--json", "--threads", "2"])
        .json(as: Document.self)
      #expect(document.classes == ["apple", "boat"] && document.temperature > 0)
      #expect(document.predictions.count == 4 && document.failed.isEmpty)
      #expect(
        document.predictions.map(\.file)
          == ["apple/0.png", "apple/1.png", "boat/0.png", "boat/1.png"].map {
            run.folder.path("photographs/\($0)")
          })
      for item in document.predictions {
        #expect(abs(item.probabilities.reduce(0, +) - 1) < 1e-12)
        #expect(item.top.map(\.probability) == item.probabilities.sorted(by: >))
        let label = item.probabilities[0] >= item.probabilities[1] ? 0 : 1
        #expect(item.class == document.classes[label] && !item.rejected)
        let name = "photographs/" + item.file.split(separator: "/").suffix(2).joined(separator: "/")
        let alone = try predict([name], ["--json", "--threads", "1"]).json(as: Document.self)
        for (one, many) in zip(alone.predictions[0].probabilities, item.probabilities) {
          #expect(abs(one - many) < 1e-5)
        }
      }
    }

    @Test func aTableHasAColumnForEachClassAndHarmlessNames() throws {
      try FileManager.default.copyItem(
        atPath: run.folder.path("photographs/boat/0.png"), toPath: run.folder.path("=1+2,3.png"))
      let outcome = try Command.start(
        ["predict", "run/checkpoints/best.safetensors", "=1+2,3.png", "--csv", "--device", "cpu"],
        script: "cd '\(run.folder.path(""))' && exec \"$0\" \"$@\""
      ).outcome()
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      let lines = outcome.output.split(separator: "\n")
      #expect(lines.first == "file,class,probability,rejected,energy,apple,boat")
      #expect(lines.count == 2 && lines[1].hasPrefix("\"'=1+2,3.png\","))
    }

    @Test func unsurePicturesAreRejected() throws {
      for (threshold, isRejected) in [("0", false), ("1", true)] {
        let outcome = try predict(["photographs/boat"], ["--threshold", threshold, "--json"])
        let document = try outcome.json(as: Document.self)
        #expect(document.predictions.allSatisfy { $0.rejected == isRejected })
        #expect(document.predictions.allSatisfy { ($0.class == nil) == isRejected })
        let text = try predict(["photographs/boat"], ["--threshold", threshold, "--top", "1"])
        let lines = text.output.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.allSatisfy { $0.contains(": rejected, likeliest ") == isRejected })
        #expect(lines.allSatisfy { !$0.contains(", boat") || !$0.contains("apple") })
      }
    }

    /// What cannot be read is named, in the results and with a sentence; the rest is judged.
    @Test func aListGoesOnPastWhatCannotBeRead() throws {
      try run.folder.write("no picture", to: "text.png")
      try run.folder.write("text.png\nphotographs/boat/0.png\nmissing.png\n", to: "list.txt")
      try run.folder.makeFolder("empty")
      let outcome = try predict(["list.txt", "empty"], ["--json"])
      #expect(outcome.exitCode == 1)
      let document = try outcome.json(as: Document.self)
      #expect(document.predictions.count == 1)
      let missing = ["text.png", "missing.png"].map(run.folder.path)
      #expect(document.failed.map(\.file) == missing)
      #expect(
        outcome.errors.contains(
          "\(run.folder.path("empty")) holds nothing that can be used; expected pictures"))
      #expect(
        outcome.sentence
          == "Error: 2 of 3 pictures could not be judged: \(missing.joined(separator: ", "))")
    }

    @Test(arguments: [
      (["--json", "--csv"], "--json"), (["--top", "0"], "--top"),
      (["--threshold", "2"], "--threshold"),
      (["--mask-only"], "a classifier"), (["--opacity", "0.5"], "a classifier"),
      (["--opacity", "-1"], "--opacity"),
    ])
    func anOptionWithoutEffectIsRefused(_ options: [String], _ said: String) throws {
      let outcome = try predict(["photographs"], options)
      #expect(outcome.exitCode == 64)
      #expect(outcome.errors.contains(said), "\(outcome.errors)")
      #expect(outcome.output.isEmpty)
    }

    private func predict(_ names: [String], _ more: [String]) throws -> Command.Outcome {
      try Command.run(
        ["predict", checkpoint] + names.map(run.folder.path) + ["--device", "cpu"] + more)
    }
  }
}
