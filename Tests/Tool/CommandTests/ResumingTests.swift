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
      let run = try SmallRun(method: "{name: \(method)}", iterations: 16, every: 2)
      let weights = run.folder.path("weights.safetensors")
      func initialWeights(_ seed: Int) throws {
        let outcome = try run.train(
          ["--dry-run", "--save-initial", weights], set: ["seed=\(seed)", "method={name: vanilla}"])
        #expect(outcome.exitCode == 0)
      }
      try initialWeights(1)
      let setting = "model.weights=\(weights)"
      #expect(try run.train(into: "whole", set: [setting]).exitCode == 0)
      let running = try Command.start(run.training(["--set", setting]))
      running.wait { run.exists("run/checkpoints/last.safetensors") }
      running.process.interrupt()
      #expect(try running.outcome().exitCode == 130)
      try initialWeights(2)
      #expect(try run.train(["--resume", "auto"], set: [setting]).exitCode == 0)
      #expect(try run.metrics() == run.metrics(of: "whole"))
      let isSame = try run.lastState(of: "run") == run.lastState(of: "whole")
      #expect(isSame)
    }

    @Test(arguments: [
      "optimizer.encoder_q.fc_new.2.bias", "encoder_k.conv1.weight", "encoder_q.fc_new.0.weight",
      "queue4",
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
