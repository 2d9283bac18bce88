import Foundation
import TensorFiles
import Testing

extension CommandSuite {
  /// A run continues from its checkpoint.
  @Suite struct ResumingTests {
    @Test(arguments: [
      "csg, queue: 32", "asg", "feature-distance", "weight-distance", "synaptic-intelligence",
    ])
    func aReplacedWeightsFileMakesNoOtherTeacher(_ method: String) throws {
      let run = try SmallRun(method: "{name: \(method)}", iterations: 6, every: 2)
      let weights = run.folder.path("weights.safetensors")
      func initialWeights(_ seed: Int) throws {
        let outcome = try run.train(
          ["--dry-run", "--save-initial", weights], set: ["seed=\(seed)", "method={name: vanilla}"])
        #expect(outcome.exitCode == 0)
      }
      try initialWeights(1)
      let setting = "model.weights=\(weights)"
      #expect(try run.train(into: "whole", set: [setting]).exitCode == 0)
      #expect(try run.train(["--until", "3"], set: [setting]).exitCode == 0)
      try initialWeights(2)
      #expect(try run.train(["--resume", "auto"], set: [setting]).exitCode == 0)
      #expect(try run.metrics() == run.metrics(of: "whole"))
      let isSame = try run.lastState(of: "run") == run.lastState(of: "whole")
      #expect(isSame)
    }

    @Test(arguments: [
      "optimizer.encoder_q.fc_new.2.bias", "encoder_k._conv_stem.weight",
      "encoder_q.fc_new.0.weight", "queue4",
    ])
    func whatACheckpointLacksIsNamed(_ name: String) throws {
      let run = try SmallRun(method: "{name: csg, queue: 32}")
      #expect(try run.train().exitCode == 0)
      let last = run.folder.path("run/checkpoints/last.safetensors")
      var file = try TensorFile.read(last)
      #expect(file[name] != nil)
      file[name] = nil
      try TensorFile.write(file, to: last)
      let outcome = try run.train(["--resume", "auto"])
      #expect(outcome.exitCode == 1)
      #expect(outcome.sentence.hasPrefix("Error: \(last): "))
      let suffix = name.split(separator: ".").suffix(2).joined(separator: ".")
      #expect(outcome.sentence.contains(suffix), "\(outcome.errors)")
    }

    @Test func anotherRunIsNotOverwritten() throws {
      let run = try SmallRun()
      #expect(try run.train(into: "one").exitCode == 0)
      #expect(try run.train(into: "other", set: ["seed=5"]).exitCode == 0)
      let before = try contents(run.folder.path("other"))
      let last = run.folder.path("one/checkpoints/last.safetensors")
      let refused = try run.train(["--resume", last], into: "other")
      #expect(refused.exitCode == 1)
      #expect(refused.sentence.contains("\(run.folder.path("other")) already holds a run"))
      #expect(try contents(run.folder.path("other")) == before)
      // Its own folder, spelled in different ways, and a new one.
      #expect(try run.train(["--resume", last], into: "other/../one").exitCode == 0)
      #expect(try run.train(["--resume", last], into: "new").exitCode == 0)
    }

    private struct Environment: Decodable {
      struct Start: Decodable {
        let command_line: [String]
        let started: String
        let iteration: Int
        let threads: Int
        let data: [String: String]
      }

      let command_line: [String]
      let threads: Int
      let seed: Int
      let starts: [Start]
    }

    @Test func everyStartIsKeptAndAnotherMachineIsSaid() throws {
      let run = try SmallRun()
      #expect(try run.train().exitCode == 0)
      let file = URL(fileURLWithPath: run.folder.path("run/environment.json"))
      func environment() throws -> Environment {
        try JSONDecoder().decode(Environment.self, from: Data(contentsOf: file))
      }
      let first = try environment()
      #expect(first.starts.count == 1 && first.starts.first?.iteration == 0)
      #expect(first.starts.first?.data[run.folder.path("drawings")]?.count == 16)
      let same = try run.train(["--resume", "auto"])
      #expect(same.exitCode == 0 && !same.errors.contains("warning"), "\(same.errors)")
      // An earlier version kept the newest start alone, on another processor with more threads.
      var old = try #require(
        JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
      old["starts"] = nil
      old["threads"] = 7
      old["processor"] = "an abacus"
      try JSONSerialization.data(withJSONObject: old).write(to: file)
      let other = try run.train(["--resume", "auto"])
      #expect(other.exitCode == 0)
      #expect(other.errors.contains("warning: the run goes on with threads 1 instead of 7"))
      #expect(other.errors.contains("instead of an abacus"), "\(other.errors)")
      let last = try environment()
      #expect(last.starts.map(\.threads) == [7, 1] && last.threads == 1 && last.seed == 0)
      #expect(last.starts.last?.command_line.contains("--resume") == true)
      #expect(last.starts.last?.iteration == 2)
      #expect(last.starts.first?.command_line.contains("--resume") == true)
    }

    @Test func anotherRecipeIsNamedByItsKeys() throws {
      let run = try SmallRun()
      #expect(try run.train().exitCode == 0)
      let outcome = try run.train(
        ["--resume", "auto"],
        set: ["optimizer.lr=0.5", "data.augment=none", "train.iterations=3", "data.workers=1"])
      #expect(outcome.exitCode == 1)
      for clause in [
        "optimizer.lr is 0.5 and was 0.0001", "data.augment is none and was randaugment",
        "train.iterations is 3 and was 2",
      ] {
        #expect(outcome.sentence.contains(clause), "\(outcome.sentence)")
      }
      #expect(!outcome.sentence.contains("workers"))
      #expect(!outcome.sentence.contains("--extend"), "more than the length differs")
    }

    @Test func aFinishedRunIsTrainedForLongerOnPurpose() throws {
      let run = try SmallRun(iterations: 2, every: 1)
      #expect(try run.train().exitCode == 0)
      let before = try String(contentsOfFile: run.folder.path("run/results.json"), encoding: .utf8)
      let longer = ["train.iterations=4"]
      let refused = try run.train(["--resume", "auto"], set: longer)
      #expect(refused.exitCode == 1)
      #expect(refused.sentence.contains("train.iterations is 4 and was 2"))
      #expect(refused.sentence.contains("--extend"), "\(refused.sentence)")
      let outcome = try run.train(["--resume", "auto", "--extend"], set: longer)
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      #expect(outcome.errors.contains("warning: the run now has 4 iterations"))
      #expect(outcome.errors.contains("the learning rate of iteration 2 is "))
      #expect(outcome.errors.contains("run/results-2.json"))
      #expect(
        try String(contentsOfFile: run.folder.path("run/results-2.json"), encoding: .utf8) == before
      )
      #expect(run.lineCount("run/metrics.jsonl") == 4)
      #expect(run.lineCount("run/evaluations.jsonl") == 8)
      let results = try String(
        contentsOfFile: run.folder.path("run/results.json"), encoding: .utf8)
      #expect(results.contains(#""iterations" : 4"#))
      let alone = try run.train(["--extend"], into: "other")
      #expect(alone.exitCode == 64 && alone.errors.contains("--resume"))
    }

    private func contents(_ folder: String) throws -> [String: Data] {
      let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
      return try names.reduce(into: [:]) { result, name in
        let url = URL(fileURLWithPath: "\(folder)/\(name)")
        guard try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else {
          return
        }
        result[name] = try Data(contentsOf: url)
      }
    }
  }
}
